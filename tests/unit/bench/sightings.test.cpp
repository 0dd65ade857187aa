#include "bench/load/sightings.hpp"

#include <catch2/catch.hpp>

using namespace vigie::bench;

namespace {

constexpr std::int64_t ms = 1'000'000;
constexpr std::size_t handsets = 2;

/// Two handsets and one screen, which is looked at; positions are sent at the milliseconds told, in turn.
Sightings sightings_of(std::initializer_list<std::int64_t> sent) {
  Sightings sightings;
  sightings.begin(handsets, 1);
  for (auto const at : sent) sightings.mark_next(at * ms);
  return sightings;
}

} // namespace

TEST_CASE("a position is on a screen when it is shown") {
  auto sightings = sightings_of({10, 11});
  sightings.shown(0, 0, 15 * ms);
  sightings.shown(0, 1, 17 * ms);
  CHECK(sightings.percentile_ms(0.5, 0, 1, 100 * ms) == 5);
  CHECK(sightings.percentile_ms(1, 0, 2, 100 * ms) == 6);
}

TEST_CASE("a position is on a screen when a newer one of the same handset is, not another's") {
  auto sightings = sightings_of({10, 11, 20, 21});
  sightings.shown(0, 2, 25 * ms);
  CHECK(sightings.percentile_ms(1, 0, 1, 100 * ms) == 15);
  CHECK(sightings.percentile_ms(1, 1, 2, 100 * ms) == 89);
}

TEST_CASE("an older position that comes later changes nothing") {
  auto sightings = sightings_of({10, 11, 20});
  sightings.shown(0, 2, 25 * ms);
  sightings.shown(0, 0, 30 * ms);
  CHECK(sightings.percentile_ms(1, 0, 1, 100 * ms) == 15);
}

TEST_CASE("what was never shown is as late as it is now, and counts") {
  auto const sightings = sightings_of({10, 11});
  CHECK(sightings.percentile_ms(0.5, 0, 2, 100 * ms) == 90);
}

TEST_CASE("the screen that fares worst counts") {
  Sightings sightings;
  sightings.begin(handsets, 50);
  REQUIRE(sightings.looks_at(0));
  REQUIRE(sightings.looks_at(25));
  auto const mark = sightings.mark_next(10 * ms);
  sightings.shown(0, mark, 12 * ms);
  sightings.shown(25, mark, 19 * ms);
  CHECK(sightings.percentile_ms(0.5, 0, 1, 100 * ms) == 9);
}

TEST_CASE("each beginning looks at other screens, and lets be what was sent before it") {
  Sightings sightings;
  sightings.begin(handsets, 50);
  auto const before = sightings.mark_next(10 * ms);
  sightings.begin(handsets, 50);
  CHECK_FALSE(sightings.looks_at(0));
  REQUIRE(sightings.looks_at(1));
  REQUIRE(sightings.looks_at(26));
  auto const mark = sightings.mark_next(20 * ms);
  for (auto const viewer : {1, 26}) sightings.shown(viewer, before, 21 * ms);
  for (auto const viewer : {1, 26}) sightings.shown(viewer, mark, 24 * ms);
  CHECK(sightings.percentile_ms(0.5, 0, 1, 100 * ms) == 4);
}
