#include "verbs/quarters.hpp"

#include "protocol/codec/quarters.hpp"

#include <fstream>
#include <sstream>

namespace vigie::verbs {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF"; // some editors put it in front

Result<std::string, std::string> read_quarters(runtime::FolderSettings const& folders,
                                               protocol::ServiceId const& service) {
  auto const file = folders.quarters / (service.value + ".geojson");
  std::ifstream stream(file);
  std::stringstream text;
  if (!(text << stream.rdbuf())) {
    std::error_code unknown;
    bool const empty = std::filesystem::file_size(file, unknown) == 0;
    return Failure<std::string>{file.string() + (empty ? ": is empty" : ": cannot be read") +
                                "; it is to hold the quarters of " + service.value};
  }
  auto geojson = text.str();
  if (geojson.starts_with(byte_order_mark)) geojson.erase(0, byte_order_mark.size());
  auto const good = protocol::check_quarters(geojson);
  if (good) return geojson;
  auto const& [path, problem] = good.error();
  return Failure<std::string>{file.string() + ": " + (path.empty() ? "" : path + ": ") + problem};
}

} // namespace vigie::verbs
