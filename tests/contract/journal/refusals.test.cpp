#include "contract/journal/worlds.hpp"

using namespace vigie;
using namespace vigie::testing;
using engine::Append;

namespace {

engine::Decisions deciding(protocol::Version after, std::vector<engine::Entry> entries) {
  return {after, std::move(entries), {}};
}

engine::Decisions refusing(protocol::Version after, std::string command, std::string path = "") {
  engine::Decisions decisions{after, {}, {}};
  decisions.refused[{std::move(command)}] = {protocol::Rejection::malformed, std::move(path)};
  return decisions;
}

std::string told_of(engine::Refusals const& refusals) {
  std::string text;
  for (auto const& [command, refusal] : refusals) text += command.value + " at " + refusal.path;
  return text;
}

} // namespace

TEMPLATE_TEST_CASE("A command that was refused is refused to every process, with the first reason", "",
                   MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    co_await taken(one, entries(1, 1));
    auto const refused = co_await one->settle(refusing(1, "command-alpha-2", "place.point"));
    CHECK(refused.outcome == Append::taken);
    auto const decided_otherwise = co_await other->settle(deciding(1, entries(2, 3)));
    CHECK(decided_otherwise.outcome == Append::conflict);
    CHECK(told_of(decided_otherwise.before) == "command-alpha-2 at place.point");
    auto const refused_again = co_await other->settle(refusing(1, "command-alpha-2", "category"));
    CHECK(refused_again.outcome == Append::conflict);
    CHECK(told_of(refused_again.before) == "command-alpha-2 at place.point");
    auto const commits = co_await other->read(0, 10);
    REQUIRE(commits);
    CHECK(versions(*commits) == std::vector<protocol::Version>{1});
    auto const another = co_await other->settle(deciding(1, entries(2, 2, "bravo")));
    CHECK(another.outcome == Append::taken);
  });
}

TEMPLATE_TEST_CASE("A refusal that was decided before the latest commit is not kept", "", MemoryWorld,
                   RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    co_await taken(one, entries(1, 1));
    co_await taken(one, entries(2, 2));
    auto const late = co_await other->settle(refusing(1, "command-alpha-3"));
    CHECK(late.outcome == Append::conflict);
    CHECK(late.before.empty());
    auto const next = co_await one->settle(deciding(2, entries(3, 3)));
    CHECK(next.outcome == Append::taken);
  });
}

TEMPLATE_TEST_CASE("What is put back is not held against a refusal", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    co_await taken(one, entries(1, 1));
    auto const refused = co_await one->settle(refusing(1, "command-alpha-2"));
    CHECK(refused.outcome == Append::taken);
    co_await taken(one, entries(2, 2));
  });
}

TEST_CASE("Of refusals Redis keeps the latest 5,000 at least, 10,000 at the most, for a day") {
  constexpr int groups = 61;
  constexpr int group = 250;
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    for (int number = 0; number < groups * group; number += group) {
      auto refused = refusing(0, "no-" + std::to_string(number));
      for (int i = 1; i < group; ++i) refused.refused[{"no-" + std::to_string(number + i)}] = {};
      auto const settled = co_await journal->settle(std::move(refused));
      REQUIRE(settled.outcome == Append::taken);
    }
    auto const latest = co_await journal->settle(refusing(0, "no-" + std::to_string(groups * group - 1)));
    CHECK(latest.before.size() == 1);
    auto const long_ago = co_await journal->settle(refusing(0, "no-0"));
    CHECK(long_ago.outcome == Append::taken);
    auto prompt = co_await world.client();
    for (std::string const key : {"vigie:{rennes}:refused", "vigie:{rennes}:refused_before"}) {
      redis::Command how_many{"HLEN", key};
      redis::Command how_long{"TTL", key};
      auto const kept = co_await told(prompt, std::move(how_many));
      auto const seconds_left = co_await told(prompt, std::move(how_long));
      CHECK(kept.as_integer().value_or(0) == (key.ends_with("before") ? 5000 : group + 1));
      CHECK(seconds_left.as_integer().value_or(0) > 23 * 3600);
    }
  });
}
