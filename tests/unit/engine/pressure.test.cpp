#include "engine/pressure.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using vigie::engine::StandingLateness;

TEST_CASE("a standstill or two are no pressure, four late turns in a row are") {
  StandingLateness lateness;
  lateness.note(80ms);
  CHECK(lateness() == 0ms);
  lateness.note(0ms);
  lateness.note(40ms);
  lateness.note(60ms);
  CHECK(lateness() == 0ms);
  lateness.note(50ms);
  CHECK(lateness() == 0ms);
  lateness.note(70ms);
  CHECK(lateness() == 40ms);
}

TEST_CASE("pressure falls by a sixteenth with each turn in time, down to nothing") {
  StandingLateness lateness;
  for (int turn = 0; turn < 4; ++turn) lateness.note(40ms);
  lateness.note(0ms);
  CHECK(lateness() == 37ms);
  for (int turn = 0; turn < 60; ++turn) lateness.note(0ms);
  CHECK(lateness() == 0ms);
}
