#include "runtime/settings.hpp"

#include "support/folders.hpp"
#include "unit/runtime/scratch_folder.hpp"

#include <catch2/catch.hpp>

using namespace vigie;
using namespace vigie::runtime;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

std::string problems_of(std::string const& toml) {
  ScratchFolder const folder;
  auto const settings = read_settings(folder.with("vigie.toml", toml));
  return settings ? "" : text_of(settings.error());
}

} // namespace

TEST_CASE("an empty file is a complete configuration, for this machine alone") {
  ScratchFolder const folder;
  auto const settings = read_settings(folder.with("vigie.toml", ""));
  REQUIRE(settings);
  CHECK(settings->listen.address == "127.0.0.1");
  CHECK(settings->redis.embedded());
  CHECK(settings->folders.services == folder.path / "services");
}

TEST_CASE("an administrator changes what the town needs") {
  ScratchFolder const folder;
  auto const settings = read_settings(folder.with("vigie.toml", R"(
[listen]
address = "0.0.0.0"
port = 443
origins = ["https://vigie.rennes.example"]
[map]
tiles = "https://tiles.rennes.example/{z}/{x}/{y}.png"
attribution = "© Ville de Rennes"
[folders]
data = "/srv/vigie"
[redis]
journal_url = "redis://10.0.0.5:6379"
[sessions]
idle = "30 min"
[timing]
picture_tick = "200 ms"
[log]
level = "warn"
file = "../vigie.log"
)"));
  REQUIRE(settings);
  CHECK(settings->listen.port == 443);
  CHECK(settings->listen.origins == std::vector<std::string>{"https://vigie.rennes.example"});
  CHECK(settings->map.tiles == "https://tiles.rennes.example/{z}/{x}/{y}.png");
  CHECK(settings->map.attribution == "© Ville de Rennes");
  CHECK(settings->folders.data == "/srv/vigie");
  CHECK_FALSE(settings->redis.embedded());
  CHECK(settings->sessions.idle == 30min);
  CHECK(settings->timing.picture_tick == 200ms);
  CHECK(settings->log.level == log::Level::warn);
  CHECK(*settings->log.file == folder.path.parent_path() / "vigie.log");
}

TEST_CASE("every mistake in the file is told at once, with its line, its key and what is expected") {
  auto const told = problems_of("[listen]\n"
                                "port = 80808\n"
                                "adress = \"0.0.0.0\"\n"
                                "origins = [\"vigie.rennes.example\"]\n"
                                "[timing]\n"
                                "heartbeat = 15\n"
                                "drain = \"soon\"\n"
                                "[log]\n"
                                "json = \"yes\"\n"
                                "[telephony]\n");
  CHECK_THAT(told,
             Contains("vigie.toml:2: listen.port: expected a whole number from 0 to 65535, found 80808"));
  CHECK_THAT(told, Contains("vigie.toml:3: listen.adress: is not known; known here: address, behind_proxy"));
  CHECK_THAT(told, Contains("vigie.toml:4: listen.origins: expected origins such as"));
  CHECK_THAT(told,
             Contains("vigie.toml:6: timing.heartbeat: expected a time such as \"30 s\", from 1 s to 5 min, "
                      "found a whole number"));
  CHECK_THAT(told, Contains("vigie.toml:7: timing.drain: ") && Contains("found \"soon\""));
  CHECK_THAT(told, Contains("vigie.toml:9: log.json: expected true or false, found a text"));
  CHECK_THAT(told, Contains("vigie.toml:10: telephony: is not known"));
}

TEST_CASE("what the file says of Redis goes with an address from the command line") {
  ScratchFolder const folder;
  auto const file = folder.with("vigie.toml", "[redis]\nreplicas_to_wait_for = 1\n");
  auto const settings = read_settings(file, {"redis-sentinel://one,two/vigie", ""});
  REQUIRE(settings);
  CHECK(settings->redis.journal_url == "redis-sentinel://one,two/vigie");
  CHECK(settings->redis.replicas_to_wait_for == 1);
  auto const embedded = read_settings(file);
  REQUIRE_FALSE(embedded);
  CHECK_THAT(text_of(embedded.error()), Contains("redis.replicas_to_wait_for: stands without journal_url"));
}

TEST_CASE("the server listens at an address, not at a name") {
  for (auto const* address : {"127.0.0.1", "0.0.0.0", "::", "::1", "fe80::1%eth0"})
    CHECK(problems_of("[listen]\naddress = \"" + std::string(address) + "\"\n") == "");
  for (auto const* address : {"localhost", "", "10.0.0", "0.0.0.0:80", "127.0.0.1%lo", "vigie.example.org"})
    CHECK_THAT(problems_of("[listen]\naddress = \"" + std::string(address) + "\"\n"),
               Contains("vigie.toml:2: listen.address: expected an IP address"));
}

TEST_CASE("settings that contradict each other are refused") {
  CHECK_THAT(problems_of("[redis]\npresence_url = \"redis://127.0.0.1\"\n"),
             Contains("redis.presence_url: stands without journal_url"));
  CHECK_THAT(problems_of("[redis]\njournal_url = \"127.0.0.1:6379\"\n"),
             Contains("redis.journal_url: expected an address"));
  CHECK_THAT(problems_of("[sessions]\nidle = \"12 h\"\nabsolute = \"1 h\"\n"),
             Contains("sessions.absolute: must not be shorter"));
}

TEST_CASE("a file that is missing, or is no TOML, is named") {
  auto const missing = read_settings("/no/such/vigie.toml");
  REQUIRE_FALSE(missing);
  CHECK_THAT(text_of(missing.error()), Contains("/no/such/vigie.toml: cannot be read"));
  auto const folder = read_settings("/tmp");
  REQUIRE_FALSE(folder);
  CHECK_THAT(text_of(folder.error()), Contains("/tmp: cannot be read: it is a folder"));
  CHECK_THAT(problems_of("[listen]\nport = \n"), Contains("vigie.toml:2: cannot be read"));
}

TEST_CASE("the shipped vigie.toml shows the defaults") {
  auto const shipped = read_settings(testing::source_folder / "config/vigie.toml");
  if (!shipped) FAIL(text_of(shipped.error()));
  Settings const defaults;
  CHECK(shipped->listen.port == defaults.listen.port);
  CHECK(shipped->limits.frame_bytes == defaults.limits.frame_bytes);
  CHECK(shipped->limits.queue_bytes == defaults.limits.queue_bytes);
  CHECK(shipped->timing.drain == defaults.timing.drain);
  CHECK(shipped->sessions.absolute == defaults.sessions.absolute);
}
