#include "places/place_file.hpp"
#include "places/place_index.hpp"

#include <cstdint>
#include <cstdlib>

/// A place file, and after its last line that begins with `?` a question about it.
namespace {

using namespace vigie;

std::vector<protocol::Quarter> quarters() {
  std::vector<protocol::Quarter> quarters;
  for (auto const* id : {"maurepas", "villejean", "centre"})
    quarters.push_back({{id}, {id}, {{-1.68}, {48.11}}});
  return quarters;
}

std::pair<std::string_view, std::string_view> split(std::string_view text) {
  auto const mark = text.rfind("\n?");
  if (mark == std::string_view::npos) return {text, text.substr(0, 100)};
  return {text.substr(0, mark + 1), text.substr(mark + 2)};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const known = quarters();
  auto const [file, question] = split({reinterpret_cast<char const*>(data), size});
  auto read = places::parse_places(file, "places.csv", known);
  if (!read) {
    if (read.error().empty()) std::abort();
    return 0;
  }
  auto const count = read->size();
  places::PlaceIndex const index{std::move(*read)};
  if (index.search(question, 5).size() > 5 || index.size() != count) std::abort();
  return 0;
}
