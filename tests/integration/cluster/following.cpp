#include "integration/redis/story.hpp"
#include "redis/slot.hpp"
#include "redis/subscriber.hpp"
#include "support/redis_town.hpp"

#include <set>

using namespace vigie;
using namespace vigie::testing;
using redis::Client;
using redis::Command;

namespace {

/// One cluster serves all stories; each leaves it whole.
PrivateCluster& cluster() {
  static PrivateCluster one;
  return one;
}

redis::KeepAlive quick() {
  redis::KeepAlive options;
  options.backoff = {1ms, 50ms};
  options.heartbeat = 1s;
  return options;
}

/// The slot of everything with `{rennes}` in its name.
unsigned const slot = redis::slot_of_key("rennes");
std::string slot_text() { return std::to_string(slot); }

std::shared_ptr<Client> client_of(asio::io_context& loop) {
  return std::make_shared<Client>(loop.get_executor(), redis::parse_site(cluster().url()).value(), quick());
}

asio::awaitable<redis::Reply> said(std::shared_ptr<Client> client, Command command) {
  auto answer = co_await client->run(std::move(command));
  if (!answer) FAIL(answer.error().detail);
  if (answer->error()) FAIL(*answer->error());
  co_return std::move(*answer);
}

/// Says it again until it is carried out, as an engine does; that it may be said twice is the caller's
/// matter.
asio::awaitable<void> insist(asio::io_context& loop, std::shared_ptr<Client> client, Command command) {
  for (auto const end = std::chrono::steady_clock::now() + patience / 2;;) {
    auto words = command;
    auto const answer = co_await client->run(std::move(words));
    if (answer && !answer->error()) co_return;
    INFO((answer ? *answer->error() : answer.error().detail));
    REQUIRE(std::chrono::steady_clock::now() < end);
    asio::steady_timer moment(loop, 20ms);
    co_await moment.async_wait(asio::use_awaitable);
  }
}

/// Plays with a client that is up, and stops it.
template <class Story> void play_with_client(Story story) {
  asio::io_context loop;
  auto client = client_of(loop);
  play(loop, [&]() -> asio::awaitable<void> {
    client->start();
    bool const up = co_await client->until_up(patience / 2);
    expect(up);
    co_await story(loop, client);
    co_await client->stop();
  });
  CHECK(loop.stopped());
}

void move_slot(TownRedis const& from, TownRedis const& to) {
  auto const id = PrivateCluster::id_of(to);
  for (auto const* node : {&to, &from}) node->cli("CLUSTER SETSLOT " + slot_text() + " NODE " + id);
}

void begin_to_move_slot(TownRedis const& from, TownRedis const& to) {
  to.cli("CLUSTER SETSLOT " + slot_text() + " IMPORTING " + PrivateCluster::id_of(from));
  from.cli("CLUSTER SETSLOT " + slot_text() + " MIGRATING " + PrivateCluster::id_of(to));
}

void move_key(TownRedis const& from, TownRedis const& to, std::string const& key) {
  from.cli("MIGRATE 127.0.0.1 " + std::to_string(to.port) + " '" + key + "' 0 1000");
}

} // namespace

TEST_CASE("many services lie on all three primaries, and one client reaches them all") {
  play_with_client([](asio::io_context&, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    std::set<std::string> homes;
    for (int i = 0; i < 60; ++i) {
      auto const base = "vigie:{town-" + std::to_string(i) + "}:";
      homes.insert(client->home_of(base).value().name());
      std::vector<Command> commands{{"SET", base + "a", std::to_string(i)},
                                    {"GET", base + "a"},
                                    {"PUBLISH", base + "picture", "here"},
                                    {"DEL", base + "a"}};
      auto const answers = co_await client->run_all(std::move(commands));
      REQUIRE(answers);
      CHECK(*(*answers)[1].as_string() == std::to_string(i));
    }
    CHECK(homes.size() == 3);
  });
}

TEST_CASE("commands for two slots cannot go together, and nothing of them is sent") {
  play_with_client([](asio::io_context&, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    std::vector<Command> commands{{"SET", "{rennes}a", "1"}, {"SET", "{nantes}a", "1"}};
    auto const answers = co_await client->run_all(std::move(commands));
    REQUIRE_FALSE(answers);
    CHECK(answers.error().trouble == redis::Trouble::refused);
    Command exists{"EXISTS", "{rennes}a"};
    auto const found = co_await said(client, std::move(exists));
    CHECK(found.as_integer() == 0);
  });
}

TEST_CASE("a script is known to each node after its first call there") {
  play_with_client([](asio::io_context&, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    redis::Script const script("return redis.call('INCR', KEYS[1])");
    for (int turn = 1; turn <= 2; ++turn)
      for (auto const* town : {"{rennes}", "{nantes}", "{brest}", "{quimper}", "{vannes}"}) {
        std::vector<std::string> keys{std::string(town) + "counter"}, arguments;
        auto const answer = co_await client->eval(script, std::move(keys), std::move(arguments));
        REQUIRE(answer);
        CHECK(answer->as_integer() == turn);
      }
    for (auto const* town : {"{rennes}", "{nantes}", "{brest}", "{quimper}", "{vannes}"}) {
      Command remove{"DEL", std::string(town) + "counter"};
      co_await said(client, std::move(remove));
    }
  });
}

TEST_CASE("a slot moves from one primary to another while its keys are asked for") {
  play_with_client([](asio::io_context&, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    auto& from = cluster().primary_of(slot);
    auto& to = cluster().other_than(slot);
    Command begin{"SET", "{rennes}moves", "1"};
    co_await said(client, std::move(begin));

    begin_to_move_slot(from, to);
    Command unmoved{"INCR", "{rennes}moves"}, fresh{"INCR", "{rennes}fresh"};
    auto const here = co_await said(client, std::move(unmoved));
    auto const asked = co_await said(client, std::move(fresh));
    CHECK(here.as_integer() == 2);
    CHECK(asked.as_integer() == 1);
    CHECK(to.cli("CLUSTER COUNTKEYSINSLOT " + slot_text()) == "1");
    std::vector<Command> mixed{{"INCR", "{rennes}moves"}, {"INCR", "{rennes}fresh"}};
    auto const both = co_await client->run_all(std::move(mixed));
    REQUIRE(both);
    CHECK((*both)[0].as_integer() == 3);
    CHECK((*both)[1].as_integer() == 2);

    move_key(from, to, "{rennes}moves");
    Command moved{"INCR", "{rennes}moves"};
    auto const there = co_await said(client, std::move(moved));
    CHECK(there.as_integer() == 4);

    move_slot(from, to);
    std::vector<Command> after{{"INCR", "{rennes}moves"}, {"INCR", "{rennes}fresh"}};
    auto const done = co_await client->run_all(std::move(after));
    REQUIRE(done);
    CHECK((*done)[0].as_integer() == 5);
    CHECK((*done)[1].as_integer() == 3);
    CHECK(client->home_of("{rennes}").value().port == to.port);
    std::vector<Command> clean{{"DEL", "{rennes}moves"}, {"DEL", "{rennes}fresh"}};
    co_await client->run_all(std::move(clean));
    begin_to_move_slot(to, from);
    move_slot(to, from);
  });
}

TEST_CASE("a script whose keys are on both nodes waits until the slot has moved") {
  play_with_client([](asio::io_context& loop, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    auto& from = cluster().primary_of(slot);
    auto& to = cluster().other_than(slot);
    Command begin{"SET", "{rennes}journal", "1"};
    co_await said(client, std::move(begin));
    begin_to_move_slot(from, to);
    redis::Script const script("redis.call('SET', KEYS[2], 'kept') return redis.call('INCR', KEYS[1])");
    std::vector<std::string> keys{"{rennes}journal", "{rennes}vault"}, arguments;
    asio::co_spawn(
        loop,
        [&]() -> asio::awaitable<void> {
          asio::steady_timer moment(loop, 100ms);
          co_await moment.async_wait(asio::use_awaitable);
          move_key(from, to, "{rennes}journal");
          move_slot(from, to);
        },
        [](std::exception_ptr) {});
    auto const answer = co_await client->eval(script, std::move(keys), std::move(arguments));
    if (!answer) FAIL(answer.error().detail);
    CHECK(answer->as_integer() == 2);
    std::vector<Command> clean{{"DEL", "{rennes}journal"}, {"DEL", "{rennes}vault"}};
    co_await client->run_all(std::move(clean));
    begin_to_move_slot(to, from);
    move_slot(to, from);
  });
}

TEST_CASE("what a script publishes is heard wherever its slot is, and when it has moved") {
  play_with_client([](asio::io_context& loop, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    auto& from = cluster().primary_of(slot);
    auto& to = cluster().other_than(slot);
    auto const before = std::make_shared<Happening>(loop);
    auto const after = std::make_shared<Happening>(loop);
    redis::Subscriber ear(loop.get_executor(), client->listening_post(), quick());
    ear.subscribe("{rennes}news",
                  {[=](auto const& said) { (said == "before" ? before : after)->happened(); }});
    ear.start();
    expect(bool(co_await ear.until_listening(patience)));
    redis::Script const tell(
        "redis.call('SET', KEYS[1], '1') return redis.pcall('PUBLISH', ARGV[1], ARGV[2])");
    auto const told = [&](std::string word) -> asio::awaitable<void> {
      std::vector<std::string> keys{"{rennes}told"}, arguments{"{rennes}news", std::move(word)};
      auto const answer = co_await client->eval(tell, std::move(keys), std::move(arguments));
      if (!answer) FAIL(answer.error().detail);
      CHECK_FALSE(answer->error());
    };
    co_await told("before");
    expect(bool(co_await before->awaited()));
    begin_to_move_slot(from, to);
    move_key(from, to, "{rennes}told");
    move_slot(from, to);
    co_await told("after");
    expect(bool(co_await after->awaited()));
    Command clean{"DEL", "{rennes}told"};
    co_await said(client, std::move(clean));
    co_await ear.stop();
    begin_to_move_slot(to, from);
    move_slot(to, from);
  });
}

TEST_CASE("a primary and its replica change places: no command is lost on the way") {
  play_with_client([](asio::io_context& loop, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    auto& primary = cluster().primary_of(slot);
    auto& replica = cluster().replica_of(primary);
    replica.cli("CLUSTER FAILOVER");
    for (int i = 0; i < 100; ++i) {
      Command once{"HSET", "{rennes}said", std::to_string(i), "1"};
      co_await insist(loop, client, std::move(once));
    }
    Command count{"HLEN", "{rennes}said"}, clean{"DEL", "{rennes}said"};
    auto const counted = co_await said(client, std::move(count));
    CHECK(counted.as_integer() == 100);
    co_await said(client, std::move(clean));
  });
  cluster().until_whole();
}

TEST_CASE("a primary is killed: its replica takes over, commands are carried out again, channels are heard") {
  std::vector<std::string> heard;
  TownRedis* killed = nullptr;
  play_with_client([&](asio::io_context& loop, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    Happening end(loop);
    redis::Subscriber subscriber(
        loop.get_executor(),
        [&](redis::Address const* present) {
          auto home = client->home_of("{rennes}");
          return present ? client->listening_post()(present) : home;
        },
        quick());
    auto const hear = [&](std::string const& payload) {
      heard.push_back(payload);
      if (payload == "end") end.happened();
    };
    subscriber.subscribe("{rennes}picture", {hear});
    subscriber.start();
    bool const listens = co_await subscriber.until_listening(patience / 2);
    expect(listens);
    Command before{"SET", "{rennes}kept", "1"}, wait{"WAIT", "1", "1000"};
    std::vector<Command> both{before, wait};
    auto const stored = co_await client->run_all(std::move(both));
    REQUIRE(stored);
    CHECK((*stored)[1].as_integer() == 1);

    killed = &cluster().primary_of(slot);
    killed->server.kill();
    Command more{"SET", "{rennes}more", "1"}, get{"GET", "{rennes}kept"};
    co_await insist(loop, client, std::move(more));
    bool const up = co_await client->until_up(patience / 2);
    expect(up);
    auto const kept = co_await said(client, std::move(get));
    CHECK(*kept.as_string() == "1");
    bool const again = co_await subscriber.until_listening(patience / 2);
    expect(again);
    Command publish{"PUBLISH", "{rennes}picture", "end"};
    co_await said(client, std::move(publish));
    bool const came = co_await end.awaited();
    expect(came);
    std::vector<Command> clean{{"DEL", "{rennes}kept"}, {"DEL", "{rennes}more"}};
    co_await client->run_all(std::move(clean));
    co_await subscriber.stop();
  });
  killed->server.restart();
  cluster().until_whole();
}
