#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace vigie::simulation {

/// Chance from a seed: the same on every machine, which the standard's distributions are not.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : source_(seed) {}

  /// From 0 to `count` - 1; 0 where there is nothing to choose from.
  std::size_t below(std::size_t count) { return count == 0 ? 0 : source_() % count; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  /// At most this long, to the millisecond.
  std::chrono::milliseconds up_to(std::chrono::milliseconds longest) {
    return std::chrono::milliseconds{below(static_cast<std::size_t>(longest.count()) + 1)};
  }
  /// One of these, which must not be empty.
  template <class List> auto const& pick(List const& list) { return list[below(std::size(list))]; }

 private:
  std::mt19937_64 source_;
};

} // namespace vigie::simulation
