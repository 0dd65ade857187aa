#include "verbs/quarters.hpp"

#include "protocol/codec/quarters.hpp"

#include <fstream>
#include <sstream>

namespace vigie::verbs {

Result<std::string, std::string> read_quarters(runtime::FolderSettings const& folders,
                                               protocol::ServiceId const& service) {
  auto const file = folders.quarters / (service.value + ".geojson");
  std::ifstream stream(file);
  std::stringstream text;
  if (!(text << stream.rdbuf()))
    return Failure<std::string>{file.string() + ": cannot be read; it is to hold the quarters of " +
                                service.value};
  auto geojson = text.str();
  auto const good = protocol::check_quarters(geojson);
  if (good) return geojson;
  auto const& [path, problem] = good.error();
  return Failure<std::string>{file.string() + ": " + (path.empty() ? "" : path + ": ") + problem};
}

} // namespace vigie::verbs
