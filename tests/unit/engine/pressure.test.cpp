#include "engine/pressure.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using vigie::engine::StandingLateness;

TEST_CASE("one standstill is no pressure, three late turns in a row are") {
  StandingLateness lateness;
  lateness.note(80ms);
  CHECK(lateness() == 0ms);
  lateness.note(0ms);
  lateness.note(40ms);
  lateness.note(60ms);
  CHECK(lateness() == 0ms);
  lateness.note(50ms);
  CHECK(lateness() == 40ms);
}

TEST_CASE("pressure falls by a quarter with each turn in time, down to nothing") {
  StandingLateness lateness;
  for (int turn = 0; turn < 3; ++turn) lateness.note(40ms);
  lateness.note(0ms);
  CHECK(lateness() == 30ms);
  for (int turn = 0; turn < 20; ++turn) lateness.note(0ms);
  CHECK(lateness() == 0ms);
}
