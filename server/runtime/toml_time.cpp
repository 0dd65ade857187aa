#include "runtime/toml_time.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace vigie::runtime {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  milliseconds length;
};

constexpr std::array<Unit, 5> units{{{"days", std::chrono::hours(24)},
                                     {"h", std::chrono::hours(1)},
                                     {"min", std::chrono::minutes(1)},
                                     {"s", std::chrono::seconds(1)},
                                     {"ms", milliseconds(1)}}};

constexpr std::int64_t longest_count = 1'000'000'000;

} // namespace

std::optional<milliseconds> time_written(std::string_view text) {
  std::int64_t count = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < 0 || count > longest_count) return std::nullopt;
  std::string_view name(end, text.data() + text.size() - end);
  if (name.starts_with(' ')) name.remove_prefix(1);
  if (name == "day") name = "days";
  for (auto const& unit : units)
    if (unit.name == name) return unit.length * count;
  return std::nullopt;
}

std::string written_time(milliseconds time) {
  for (auto const& unit : units)
    if (time >= unit.length && time % unit.length == milliseconds(0))
      return std::to_string(time / unit.length) + " " + std::string(unit.name);
  return std::to_string(time.count()) + " ms";
}

} // namespace vigie::runtime
