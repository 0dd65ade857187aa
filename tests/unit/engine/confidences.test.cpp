#include "engine/replica.hpp"
#include "processes.hpp"

#include <asio/executor_work_guard.hpp>

using namespace vigie;
using namespace vigie::testing;

namespace {

/// A replica on a vault that keeps for a day what is confided.
struct Story {
  World world;
  asio::executor_work_guard<asio::io_context::executor_type> open{world.io.get_executor()};
  std::shared_ptr<MemoryStore> store = std::make_shared<MemoryStore>("line-1", 24h, world.clock);
  std::shared_ptr<MemoryJournal> journal = std::make_shared<MemoryJournal>(world.io.get_executor(), store);
  engine::Replica replica{world.io.get_executor(), journal, "rennes", 1ms, 24h};

  /// A commit that confides something, as this process appends it.
  void confide(protocol::Particulars particulars) {
    engine::Entry entry{{store->version() + 1,
                         {"say-" + std::to_string(store->version())},
                         {{"yann"}, protocol::Role::dispatcher, std::nullopt},
                         world.clock->now(),
                         {protocol::ConfidenceKept{{"r-1"}}}},
                        {{{"r-1"}, std::move(particulars)}}};
    REQUIRE(world.run(journal->append({entry})) == engine::Append::taken);
    replica.take({entry});
  }

  protocol::Particulars held() const { return replica.confidence({"r-1"}).value_or(protocol::Particulars{}); }
};

protocol::Particulars name() {
  protocol::Particulars particulars;
  particulars.caller_name = {"Le Goff"};
  return particulars;
}

protocol::Particulars door() {
  protocol::Particulars particulars;
  particulars.door = {"B 12"};
  return particulars;
}

} // namespace

TEST_CASE("what is added in time joins what was confided before") {
  Story story;
  REQUIRE(story.world.run(story.replica.load()));
  story.confide(name());
  story.world.clock->move(23h);
  story.confide(door());
  story.world.clock->move(23h);
  story.confide(door());
  CHECK(story.held().caller_name);
  CHECK(story.held() == story.store->confidence({"r-1"}));
}

TEST_CASE("what has expired does not come back with what is added to it") {
  Story story;
  REQUIRE(story.world.run(story.replica.load()));
  story.confide(name());
  SECTION("to a process that was there") {}
  SECTION("to a process that began since") { REQUIRE(story.world.run(story.replica.load())); }
  story.world.clock->move(25h);
  story.confide(door());
  CHECK_FALSE(story.held().caller_name);
  CHECK(story.held() == story.store->confidence({"r-1"}));
}

TEST_CASE(
    "what has expired is dropped at the next look, also where it was added to and nobody knows since when") {
  Story story;
  REQUIRE(story.world.run(story.replica.load()));
  story.confide(name());
  REQUIRE(story.world.run(story.journal->save_snapshot(domain::snapshot_of(story.replica.state()))));
  REQUIRE(story.world.run(story.replica.load()));
  story.world.clock->move(25h);
  story.confide(door());
  auto const look = [&]() -> asio::awaitable<bool> {
    co_await story.replica.drop_expired();
    co_return true;
  };
  REQUIRE(story.world.run(look()));
  CHECK(story.held() == story.store->confidence({"r-1"}));
}
