#include "engine/replica.hpp"
#include "processes.hpp"

#include <algorithm>

using namespace vigie;
using namespace vigie::testing;

namespace {

bool stands_in_journal(World const& world, std::string const& command) {
  return std::ranges::count_if(world.store->commits(),
                               [&](auto const& commit) { return commit.command.value == command; }) == 1;
}

/// Commits of a process that knew nothing of those that were lost.
void write_as_stranger(World& world, std::string const& command, std::vector<protocol::Event> more = {}) {
  protocol::Commit stranger{world.store->version() + 1,
                            {command},
                            {{"yann"}, protocol::Role::dispatcher, std::nullopt},
                            world.clock->now(),
                            {protocol::BreakStarted{{"binome-1"}, world.clock->now()}}};
  std::ranges::move(more, std::back_inserter(stranger.events));
  REQUIRE(world.store->append({{stranger, {}}}) == engine::Append::taken);
}

/// The first commit, with something that only the vault knows.
engine::Entry kept_in_confidence(std::string const& subject) {
  protocol::Commit commit{1,
                          {subject},
                          {{"yann"}, protocol::Role::dispatcher, std::nullopt},
                          {},
                          {protocol::ConfidenceKept{{subject}}}};
  protocol::Particulars particulars;
  particulars.words = {"Musique au troisième"};
  return {std::move(commit), {{{subject}, std::move(particulars)}}};
}

bool same_everywhere(World const& world) {
  return std::ranges::all_of(world.processes, [&](auto const& process) {
    return process->engine.journal_available() && process->engine.state().version == world.store->version();
  });
}

/// Where the commit of a command stands in the journal; at the end where it does not.
std::ptrdiff_t place_in_journal(World const& world, std::string const& command) {
  auto const& commits = world.store->commits();
  auto const found =
      std::ranges::find_if(commits, [&](auto const& each) { return each.command.value == command; });
  return found - commits.begin();
}

/// Answers three requests, which the journal then loses to somebody else's commit.
void answer_and_lose(World& world, Process& process) {
  world.open_night(process);
  for (auto const* each : {"1", "2", "3"})
    REQUIRE(world.submit(process, std::string{"ask-"} + each, request(std::string{"r-"} + each)));
  world.store->lose_after(2);
  write_as_stranger(world, "break");
}

/// How often all screens of a process were given the whole.
struct Wholes {
  explicit Wholes(Process& process) {
    process.engine.on_change(
        [this](auto const&, domain::Touched const& touched) { count += touched.forgot; });
  }
  int count = 0;
};

} // namespace

TEST_CASE("what a journal lost is put back, with what was said in confidence") {
  World world;
  auto& process = world.start();
  Wholes const wholes{process};
  world.open_night(process);
  REQUIRE(world.submit(process, "ask-1", request("r-1")));
  auto const version = world.store->version();
  world.store->lose_after(1);
  world.until([&] { return world.store->version() == version; });
  CHECK(stands_in_journal(world, "ask-1"));
  CHECK(world.store->confidence({"r-1"})->words->value == "Musique au troisième");
  CHECK(wholes.count == 0);
}

TEST_CASE("a process that begins on a journal without its end lets those who hold it put it back first") {
  World world;
  auto& holder = world.start();
  world.open_night(holder);
  REQUIRE(world.submit(holder, "ask-1", request("r-1")));
  auto const version = world.store->version();
  holder.journal->set_away(true);
  world.store->lose_after(version - 1); // what is left: the night is open
  auto patient = World::quick();
  patient.retry_first = 100ms;
  auto& newcomer = world.start(patient);
  holder.journal->set_away(false);
  world.until([&] { return newcomer.engine.journal_available(); });
  REQUIRE(world.submit(newcomer, "ask-2", request("r-2")));
  CHECK(world.store->commits().at(version - 1).command.value == "ask-1");
}

TEST_CASE("what a journal lost is not taken for expired before it is put back") {
  World world;
  auto const journal = std::make_shared<MemoryJournal>(world.io.get_executor(), world.store);
  engine::Replica replica(world.io.get_executor(), journal, "rennes", 1ms, 24h);
  auto const story = [&]() -> asio::awaitable<bool> {
    co_await replica.load();
    std::vector<engine::Entry> entries{kept_in_confidence("r-1"), kept_in_confidence("r-2")};
    entries.back().commit.version = 2;
    co_await journal->append(entries);
    replica.take(entries);
    world.store->lose_after(1);
    co_await replica.drop_expired();
    co_await replica.catch_up();
    co_return replica.confidence({"r-2"}).has_value();
  };
  CHECK(world.run(story()));
  CHECK(world.store->confidence({"r-2"}));
}

TEST_CASE("of two processes each puts back what the other lacks") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  world.open_night(first);
  world.until([&] { return same_everywhere(world); });
  second.journal->set_away(true);
  REQUIRE(world.submit(first, "ask-1", request("r-1")));
  world.store->lose_after(1);
  second.journal->set_away(false);
  world.until([&] { return stands_in_journal(world, "ask-1") && same_everywhere(world); });
  CHECK(first.engine.line() == second.engine.line());
}

TEST_CASE("a journal that went another way is followed, and what was answered is taken again") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  Wholes const wholes{first};
  world.open_night(first);
  REQUIRE(world.submit(first, "ask-1", request("r-1")));
  world.until([&] { return same_everywhere(world); });
  auto const line = first.engine.line();
  world.store->lose_after(2);
  write_as_stranger(world, "break");
  world.until([&] { return stands_in_journal(world, "ask-1") && same_everywhere(world); });
  CHECK(stands_in_journal(world, "break"));
  CHECK(wholes.count > 0);
  CHECK(first.engine.line() != line);
  world.until([&] { return second.engine.line() == first.engine.line(); });
  CHECK(protocol::encode(domain::snapshot_of(first.engine.state())) ==
        protocol::encode(domain::snapshot_of(second.engine.state())));
  CHECK(first.engine.confidence({"r-1"})->words->value == "Musique au troisième");
}

TEST_CASE("what the lost journal answers while another history is being read is not believed") {
  World world;
  auto& process = world.start(World::quick(), 1s);
  world.open_night(process);
  auto& troubles = process.journal->troubles;
  troubles.deaf = true;
  engine::Signal answer(world.io.get_executor());
  engine::Signal particulars(world.io.get_executor());
  enum { append, reading, fetching, nothing_more } next = append;
  troubles.on_the_way_back = [&]() -> asio::awaitable<void> {
    auto const now = next;
    if (next != nothing_more) next = static_cast<decltype(next)>(next + 1);
    if (now == append) co_await answer.wait();
    if (now == fetching) co_await particulars.wait();
  };
  bool told = false;
  world.send(process, "ask-1", request("r-1"),
             [&](engine::Answer const& heard) { told = heard.has_value(); });
  world.until([&] { return stands_in_journal(world, "ask-1"); });
  world.store->lose_after(2);
  write_as_stranger(world, "break", {protocol::ConfidenceKept{{"c-1"}}});
  troubles.deaf = false;
  world.store->wake();
  world.until([&] { return next == nothing_more; });
  answer.raise();
  for (int turn = 0; turn < 10; ++turn) world.io.run_one_for(1ms);
  CHECK_FALSE(told);
  particulars.raise();
  world.until([&] { return told; });
  CHECK(stands_in_journal(world, "break"));
  CHECK(stands_in_journal(world, "ask-1"));
  world.until([&] { return same_everywhere(world); });
}

TEST_CASE("a process that missed the loss renews its screens when the line of history is renamed") {
  World world;
  auto& first = world.start();
  world.open_night(first);
  auto& second = world.start();
  Wholes const wholes{second};
  REQUIRE(world.run(first.journal->rename_line()));
  world.until([&] { return second.engine.line() == protocol::Text<64>{world.store->line()}; });
  CHECK(wholes.count == 1);
}

TEST_CASE("a process that cannot put back all goes on with what is left") {
  World world;
  auto& first = world.start();
  world.open_night(first);
  REQUIRE(world.submit(first, "ask-1", request("r-1")));
  REQUIRE(world.run(first.journal->save_snapshot(domain::snapshot_of(first.engine.state()))));
  REQUIRE(world.submit(first, "ask-2", request("r-2")));
  auto& late = world.start();
  first.journal->set_away(true);
  Wholes const wholes{late};
  world.store->lose_after(2);
  world.until([&] { return late.engine.state().version == 2; });
  CHECK(wholes.count == 1);
  world.until([&] { return late.engine.journal_available(); });
  REQUIRE(world.submit(late, "ask-3", request("r-3")));
  first.journal->set_away(false);
  world.until([&] { return stands_in_journal(world, "ask-1") && stands_in_journal(world, "ask-2"); });
  world.until([&] { return same_everywhere(world); });
  CHECK(stands_in_journal(world, "ask-3"));
}

TEST_CASE("an empty journal is not written over by a process that cannot put back all") {
  World world;
  auto& first = world.start();
  world.open_night(first);
  REQUIRE(world.run(first.journal->save_snapshot(domain::snapshot_of(first.engine.state()))));
  auto& late = world.start();
  first.journal->set_away(true);
  world.store->lose_after(0);
  world.until([&] { return !late.engine.journal_available(); });
  auto const answer = world.submit(late, "ask-1", request("r-1"));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().reason == protocol::Rejection::journal_unavailable);
  CHECK(late.engine.state().night_is_open());
  first.journal->set_away(false);
  world.until([&] { return same_everywhere(world); });
  CHECK(world.submit(late, "ask-2", request("r-2")));
}

TEST_CASE("a process that stops while its journal is away tells those who wait at once") {
  World world;
  auto limits = World::quick();
  limits.answer_within = 10min;
  auto& process = world.start(limits);
  world.open_night(process);
  bool begun = false;
  process.journal->troubles.before_append = [&]() -> asio::awaitable<void> {
    begun = true;
    process.journal->troubles.away = true;
    co_return;
  };
  std::optional<engine::Answer> answer;
  world.send(process, "ask-1", request("r-1"), [&](engine::Answer const& given) { answer = given; });
  world.until([&] { return begun && !process.engine.journal_available(); });
  bool stopped = false;
  asio::co_spawn(world.io, process.engine.stop(), [&](std::exception_ptr) { stopped = true; });
  world.until([&] { return stopped && answer; });
  REQUIRE_FALSE(*answer);
  CHECK(answer->error().reason == protocol::Rejection::journal_unavailable);
}

TEST_CASE("what was answered and lost is taken again in its order, before anything new") {
  World world;
  auto& process = world.start();
  bool sent = false;
  process.engine.on_change([&](auto const&, domain::Touched const& touched) {
    if (!touched.forgot || std::exchange(sent, true)) return;
    world.send(process, "new-1", request("r-4"), [](engine::Answer const&) {});
    world.send(process, "new-2", request("r-5"), [](engine::Answer const&) {});
  });
  answer_and_lose(world, process);
  world.until([&] { return stands_in_journal(world, "new-2") && stands_in_journal(world, "ask-3"); });
  std::vector<std::ptrdiff_t> places;
  for (auto const* each : {"ask-1", "ask-2", "ask-3", "new-1", "new-2"})
    places.push_back(place_in_journal(world, each));
  CHECK(std::ranges::is_sorted(places));
}

TEST_CASE("a process that stops while it takes again what it answered ends that first") {
  World world;
  auto& process = world.start();
  Wholes const wholes{process};
  int lost = 0;
  process.engine.on_lost([&](engine::Submission const&) { ++lost; });
  answer_and_lose(world, process);
  bool away = false;
  SECTION("the journal is there") {}
  SECTION("the journal goes meanwhile, for good") { away = true; }
  world.until([&] { return wholes.count > 0; });
  process.journal->set_away(away);
  bool stopped = false;
  asio::co_spawn(world.io, process.engine.stop(), [&](std::exception_ptr) { stopped = true; });
  world.until([&] { return stopped; });
  CHECK(lost == (away ? 3 : 0));
  for (auto const* each : {"ask-1", "ask-2", "ask-3"}) CHECK(stands_in_journal(world, each) == !away);
}

TEST_CASE("a process begins also while others write without pause") {
  World world;
  world.open_night(world.start());
  auto const journal = std::make_shared<MemoryJournal>(world.io.get_executor(), world.store);
  engine::Replica replica(world.io.get_executor(), journal, "rennes", 1ms, 24h);
  int written = 0;
  journal->troubles.on_the_way_back = [&]() -> asio::awaitable<void> {
    if (written < 100) write_as_stranger(world, "break-" + std::to_string(++written));
    co_return;
  };
  CHECK(world.run(replica.load()));
  CHECK(written < 10);
  journal->troubles.on_the_way_back = nullptr;
  CHECK(world.run(replica.catch_up()));
  CHECK(replica.state().version == world.store->version());
}
