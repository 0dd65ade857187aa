#include "engine/pressure.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using vigie::engine::Spacing;
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

TEST_CASE("what can be done without is spaced out while the loop is behind, and comes back when it is not") {
  Spacing spacing;
  spacing.note(10ms);
  CHECK(spacing() == 0ms);
  spacing.note(30ms);
  CHECK(spacing() == 40ms);
  spacing.note(110ms);
  CHECK(spacing() == 240ms);
  spacing.note(10ms);
  CHECK(spacing() == 240ms);
  spacing.note(0ms);
  CHECK(spacing() == 235ms);
  for (int turn = 0; turn < 47; ++turn) spacing.note(0ms);
  CHECK(spacing() == 0ms);
  spacing.note(0ms);
  CHECK(spacing() == 0ms);
}

TEST_CASE("spacing ends at five seconds") {
  Spacing spacing;
  spacing.note(10s);
  CHECK(spacing() == 5s);
}

TEST_CASE("spacing settles where the loop just keeps up") {
  // A loop that is late by 100 ms when nothing is left out, and in time from 400 ms on.
  Spacing spacing;
  auto const loop = [&] { return std::max<std::chrono::milliseconds>(100ms - spacing() / 4, 0ms); };
  for (int turn = 0; turn < 100; ++turn) spacing.note(loop());
  CHECK(spacing() > 330ms);
  CHECK(spacing() < 390ms);
}
