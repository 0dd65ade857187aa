#include "runtime/log.hpp"

#include "unit/runtime/scratch_folder.hpp"

#include <catch2/catch.hpp>

using namespace vigie;

TEST_CASE("the administrator reads one line for each message, with time, level and room") {
  ScratchFolder const folder;
  auto const file = folder.path / "vigie.log";
  log::start({.level = log::Level::info, .file = file});

  log::debug("engine", "too fine for this level");
  log::warn("engine", "the journal does not answer");

  auto const text = read_text(file);
  CHECK(text.find("too fine") == std::string::npos);
  CHECK_THAT(text,
             Catch::Matches(R"(\d{4}-\d\d-\d\dT[\d:.]+Z warn\w* +engine: the journal does not answer\n)"));
  log::start({});
}

TEST_CASE("what a stranger sent cannot forge a line of the log") {
  ScratchFolder const folder;
  auto const file = folder.path / "vigie.log";
  SECTION("in readable lines") {
    log::start({.file = file});
    log::warn("gateway", "bad frame \n2026-11-21T22:00:00Z error engine: all is lost\x1b[2J");
    CHECK(lines_of(file).size() == 1);
    CHECK(read_text(file).find("\\u001b[2J") != std::string::npos);
  }
  SECTION("in JSON lines") {
    log::start({.file = file, .json = true});
    log::error("gateway", "said \"hello\"\n");
    CHECK(read_text(file).find(R"("room":"gateway","message":"said \"hello\"\u000a"})") != std::string::npos);
  }
  log::start({});
}

TEST_CASE("a log file that cannot be written is told at start") {
  CHECK_THROWS_WITH(log::start({.file = "/proc/no/such/vigie.log"}),
                    Catch::Contains("/proc/no/such/vigie.log cannot be opened"));
}

TEST_CASE("levels have names in the configuration") {
  CHECK(log::level_named("warn") == log::Level::warn);
  CHECK_FALSE(log::level_named("loud").has_value());
}
