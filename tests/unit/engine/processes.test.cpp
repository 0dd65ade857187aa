#include "processes.hpp"

#include "engine/replica.hpp"

#include <asio/detached.hpp>
#include <asio/post.hpp>

using namespace vigie;
using namespace vigie::testing;

namespace {

protocol::Command offer(int number, std::string const& process) {
  auto const suffix = process + "-" + std::to_string(number);
  return protocol::OfferAssignment{{"a-" + suffix}, {"r-" + std::to_string(number)}, {"binome-1"}, false};
}

} // namespace

TEST_CASE("two processes on one journal never send one team twice, and end with the same state") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  world.open_night(first);
  for (int i = 0; i < 50; ++i)
    REQUIRE(world.submit(first, "ask-" + std::to_string(i), request("r-" + std::to_string(i))));
  int answered = 0;
  int taken = 0;
  auto const count = [&](engine::Answer const& answer) {
    ++answered;
    if (answer) ++taken;
  };
  for (int i = 0; i < 50; ++i) {
    world.send(first, "offer-one-" + std::to_string(i), offer(i, "one"), count);
    world.send(second, "offer-two-" + std::to_string(i), offer(i, "two"), count);
  }
  world.until([&] { return answered == 100; });
  CHECK(taken == 1);
  world.until([&] { return first.engine.state().version == second.engine.state().version; });
  CHECK(protocol::encode(domain::snapshot_of(first.engine.state())) ==
        protocol::encode(domain::snapshot_of(second.engine.state())));
}

TEST_CASE("what was decided behind a group that another process forestalled is decided again, in its order") {
  World world;
  auto& slow = world.start();
  auto& quick = world.start();
  world.open_night(quick);
  world.until([&] { return slow.engine.state().version == quick.engine.state().version; });
  StandingDisk disk{world, slow};
  std::vector<std::string> heard;
  auto const note = [&](std::string id) {
    return [&heard, id](engine::Answer const& answer) {
      heard.push_back(id + (answer ? " taken as " + std::to_string(*answer) : " refused"));
    };
  };
  world.send(slow, "ask-1", request("r-1"), note("ask-1"));
  world.until([&] { return disk.appends == 1; });
  world.send(slow, "offer-1", offer(1, "slow"), note("offer-1"));
  world.send(slow, "ask-2", request("r-2"), note("ask-2"));
  REQUIRE(world.submit(quick, "ask-1-there", request("r-1")));
  REQUIRE(world.submit(quick, "offer-1-there", offer(1, "quick")));
  disk.go_on();
  world.until([&] { return heard.size() == 3; });
  CHECK(heard == std::vector<std::string>{"ask-1 refused", "offer-1 refused", "ask-2 taken as 5"});
  CHECK(disk.appends == 2);
}

TEST_CASE("what was decided behind a group goes with the next append, on what that group did") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  StandingDisk disk{world, process};
  std::vector<protocol::Version> taken;
  auto const note = [&](engine::Answer const& answer) {
    REQUIRE(answer);
    taken.push_back(*answer);
  };
  world.send(process, "ask-1", request("r-1"), note);
  world.until([&] { return disk.appends == 1; });
  world.send(process, "offer-1", offer(1, "one"), note);
  world.send(process, "ask-2", request("r-2"), note);
  CHECK(taken.empty());
  disk.go_on();
  world.until([&] { return taken.size() == 3; });
  CHECK(taken == std::vector<protocol::Version>{3, 4, 5});
  CHECK(disk.appends == 2);
}

TEST_CASE("what another process takes down is shown here, with its particulars") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  int told = 0;
  second.engine.on_change(
      [&](auto const&, domain::Touched const& touched) { told += touched.requests.contains({"r-1"}); });
  world.open_night(first);
  REQUIRE(world.submit(first, "ask-1", request("r-1")));
  world.until([&] { return told == 1; });
  CHECK(second.engine.confidence({"r-1"})->words->value == "Musique au troisième");
}

TEST_CASE("a command that one process took is not refused when it is sent again to one that is behind") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  world.open_night(first);
  world.until([&] { return second.engine.state().version == first.engine.state().version; });
  second.journal->troubles.deaf = true;
  REQUIRE(world.submit(first, "ask-1", request("r-1")));
  auto const taken = world.submit(first, "offer", offer(1, "one"));
  REQUIRE(taken);
  CHECK(second.engine.state().version < *taken);
  auto const again = world.submit(second, "offer", offer(1, "one"));
  REQUIRE(again);
  CHECK(*again == *taken);
}

TEST_CASE("a command that one process refused is refused by every other, even when it would pass by now") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  world.open_night(first);
  auto const refused = world.submit(first, "offer", offer(1, "one"));
  REQUIRE_FALSE(refused);
  REQUIRE(world.submit(second, "ask-1", request("r-1")));
  auto& later = world.start();
  for (auto* process : {&second, &later, &first}) {
    auto const again = world.submit(*process, "offer", offer(1, "one"));
    REQUIRE_FALSE(again);
    CHECK(again.error().reason == refused.error().reason);
  }
  CHECK(world.submit(second, "another-offer", offer(1, "one")));
}

TEST_CASE("what goes with a command that was refused elsewhere is taken all the same, in its order") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  world.open_night(first);
  REQUIRE_FALSE(world.submit(first, "offer", offer(1, "one")));
  REQUIRE(world.submit(second, "ask-1", request("r-1")));
  std::vector<std::string> told;
  auto const note = [&](std::string id) {
    return
        [&told, id](engine::Answer const& answer) { told.push_back(id + (answer ? " taken" : " refused")); };
  };
  world.send(second, "ask-2", request("r-2"), note("ask-2"));
  world.send(second, "offer", offer(1, "one"), note("offer"));
  world.send(second, "ask-3", request("r-3"), note("ask-3"));
  world.until([&] { return told.size() == 3; });
  CHECK(told == std::vector<std::string>{"ask-2 taken", "offer refused", "ask-3 taken"});
}

TEST_CASE("who waits to read the journal is next, however often the other one reads") {
  asio::io_context io;
  auto const journal = std::make_shared<MemoryJournal>(io.get_executor(), std::make_shared<MemoryStore>());
  journal->troubles.on_the_way_back = [] { return asio::post(asio::use_awaitable); };
  engine::Replica replica(io.get_executor(), journal, "rennes", 100ms, 24h);
  std::string read;
  auto const reading = [&](std::string times) -> asio::awaitable<void> {
    for (auto const time : times) {
      co_await replica.catch_up();
      read += time;
    }
  };
  asio::co_spawn(io, reading("123"), asio::detached);
  asio::co_spawn(io, reading("w"), asio::detached);
  io.run();
  CHECK(read == "1w23");
}

TEST_CASE("an append whose answer is lost is neither lost nor done twice") {
  auto const fate = GENERATE(LostAnswer::taken, LostAnswer::not_taken);
  World world;
  auto& process = world.start();
  world.open_night(process);
  process.journal->troubles.lost.push_back(fate);
  auto const answer = world.submit(process, "ask-1", request("r-1"));
  REQUIRE(answer);
  auto const& commits = world.store->commits();
  CHECK(std::count_if(commits.begin(), commits.end(),
                      [](auto const& c) { return c.command.value == "ask-1"; }) == 1);
}

TEST_CASE("without its journal a process keeps the picture, refuses clearly, and recovers alone") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  std::vector<bool> told;
  process.engine.on_journal([&](bool available) { told.push_back(available); });
  process.journal->set_away(true);
  world.until([&] { return !process.engine.journal_available(); });
  auto const answer = world.submit(process, "ask-1", request("r-1"));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().reason == protocol::Rejection::journal_unavailable);
  CHECK(process.engine.state().night_is_open());
  process.journal->set_away(false);
  world.until([&] { return process.engine.journal_available(); });
  CHECK(world.submit(process, "ask-1", request("r-1")));
  CHECK(told == std::vector<bool>{false, true});
}

TEST_CASE("a command that nobody waits for any more is not decided anew when another process was first") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  world.open_night(first);
  world.until([&] { return second.engine.state().version == first.engine.state().version; });
  StandingDisk disk{world, first};
  bool given_up = false;
  world.send(first, "ask-1", request("r-1"), [&](engine::Answer const& answer) {
    given_up = !answer && answer.error().reason == protocol::Rejection::journal_unavailable;
  });
  world.until([&] { return disk.appends == 1; });
  REQUIRE(world.submit(second, "ask-2", request("r-2")));
  first.engine.withdraw({{"ask-1"}});
  CHECK(given_up);
  disk.go_on();
  REQUIRE(world.submit(first, "ask-3", request("r-3")));
  CHECK(first.engine.state().taken.contains({"ask-2"}));
  CHECK_FALSE(first.engine.state().taken.contains({"ask-1"}));
}

TEST_CASE("a journal that is read but takes nothing is away until it takes something again") {
  World world;
  auto limits = World::quick();
  limits.answer_within = 50ms;
  auto& process = world.start(limits, 5ms);
  world.open_night(process);
  std::vector<bool> told;
  process.engine.on_journal([&](bool available) { told.push_back(available); });
  process.journal->troubles.full = true;
  for (int i = 0; i < 3; ++i) {
    auto const answer = world.submit(process, "ask-1", request("r-1"));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().reason == protocol::Rejection::journal_unavailable);
    world.io.run_for(50ms);
  }
  CHECK(told == std::vector<bool>{false});
  process.journal->troubles.full = false;
  world.until([&] { return process.engine.journal_available(); });
  CHECK(world.submit(process, "ask-1", request("r-1")));
  CHECK(told == std::vector<bool>{false, true});
}

TEST_CASE("a journal that is back is noticed before anything new stands in it") {
  World world;
  auto& process = world.start(World::quick(), 24h);
  process.journal->set_away(true);
  world.until([&] { return !process.engine.journal_available(); });
  process.journal->set_away(false);
  for (int turn = 0; turn < 200 && !process.engine.journal_available(); ++turn) world.io.run_one_for(50ms);
  CHECK(process.engine.journal_available());
}

TEST_CASE("a process that starts later stands where the others are, from the snapshot and the rest") {
  World world;
  auto limits = World::quick();
  limits.commits_between_snapshots = 3;
  auto& first = world.start(limits);
  world.open_night(first);
  for (int i = 0; i < 10; ++i)
    REQUIRE(world.submit(first, "ask-" + std::to_string(i), request("r-" + std::to_string(i))));
  world.until([&] { return world.store->snapshot().version > 0; });
  auto& second = world.start();
  CHECK(second.engine.state().version == first.engine.state().version);
  CHECK(second.engine.confidence({"r-3"}));
}

TEST_CASE("a snapshot that cannot be saved is tried again after some commits, not at each") {
  World world;
  auto limits = World::quick();
  limits.commits_between_snapshots = 20;
  auto& process = world.start(limits);
  world.until([&] { return process.engine.journal_available(); });
  process.journal->troubles.unsaved = true;
  world.open_night(process);
  for (int i = 0; i < 60; ++i)
    REQUIRE(world.submit(process, "ask-" + std::to_string(i), request("r-" + std::to_string(i))));
  CHECK(process.journal->saves == 3);
}

TEST_CASE("of many services that begin at once a few read their journals at a time") {
  World world;
  world.open_night(world.start());
  constexpr int services = 20;
  int reading = 0, at_once = 0, begun = 0;
  for (int i = 0; i < services; ++i) {
    auto& process = *world.processes.emplace_back(
        std::make_unique<Process>(world.io.get_executor(), world.store, world.clock, World::quick()));
    auto const answers = std::make_shared<int>(0);
    process.journal->troubles.on_the_way_back = [&, answers]() -> asio::awaitable<void> {
      if (++*answers == 1 || *answers > 3) co_return; // its identity, and what it follows once it has begun
      at_once = std::max(at_once, ++reading);
      asio::steady_timer rest{world.io, 1ms};
      co_await rest.async_wait(asio::use_awaitable);
      --reading;
    };
    asio::co_spawn(world.io, process.engine.start(), [&](std::exception_ptr, bool well) { begun += well; });
  }
  world.until([&] { return begun == services; });
  CHECK(at_once > 1);
  CHECK(at_once <= 8);
}
