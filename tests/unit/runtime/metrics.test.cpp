#include "runtime/metrics.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace vigie::runtime;
using Catch::Contains;

TEST_CASE("monitoring reads counters, gauges and latencies in Prometheus' text format") {
  Metrics metrics;
  metrics.counter("vigie_commands_total", "Commands by kind", {{"kind", "offer"}}).add(2);
  metrics.gauge("vigie_connections", "Open connections").set(12);
  metrics.histogram("vigie_commit_seconds", "Commit latency", latency_buckets()).observe(0.004);

  auto const text = metrics.text();
  CHECK_THAT(text,
             Contains("# HELP vigie_commands_total Commands by kind\n# TYPE vigie_commands_total counter\n"));
  CHECK_THAT(text, Contains("vigie_commands_total{kind=\"offer\"} 2"));
  CHECK_THAT(text, Contains("vigie_connections 12"));
  CHECK_THAT(text, Contains("vigie_commit_seconds_bucket{le=\"0.002\"} 0"));
  CHECK_THAT(text, Contains("vigie_commit_seconds_bucket{le=\"0.005\"} 1"));
}

TEST_CASE("two rooms that name the same series count together") {
  Metrics metrics;
  auto& here = metrics.counter("vigie_refused_total", "Refusals", {{"why", "role"}});
  auto& there = metrics.counter("vigie_refused_total", "Refusals", {{"why", "role"}});
  auto& other = metrics.counter("vigie_refused_total", "Refusals", {{"why", "rate"}});
  here.add();
  there.add();
  CHECK(&here == &there);
  CHECK(here.value() == 2);
  CHECK(other.value() == 0);
}

TEST_CASE("a name that monitoring could not read, or of another kind, is refused at once") {
  Metrics metrics;
  CHECK_THROWS_AS(metrics.counter("commands by kind", "Spaces"), std::invalid_argument);
  metrics.counter("vigie_fixes", "Fixes");
  CHECK_THROWS_AS(metrics.gauge("vigie_fixes", "Fixes"), std::invalid_argument);
}
