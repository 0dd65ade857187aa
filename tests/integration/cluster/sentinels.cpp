#include "integration/redis/story.hpp"
#include "redis/client.hpp"
#include "support/redis_town.hpp"

using namespace vigie;
using namespace vigie::testing;
using redis::Client;
using redis::Command;

namespace {

redis::KeepAlive quick() {
  redis::KeepAlive options;
  options.backoff = {1ms, 50ms};
  options.heartbeat = 100ms;
  return options;
}

/// Says it until it is carried out. A replica's refusal must never be passed on.
asio::awaitable<void> insist(asio::io_context& loop, std::shared_ptr<Client> client, Command command) {
  for (auto const end = std::chrono::steady_clock::now() + patience / 2;;) {
    auto words = command;
    auto const answer = co_await client->run(std::move(words));
    if (answer && answer->error()) FAIL(*answer->error());
    if (answer) co_return;
    INFO(answer.error().detail);
    REQUIRE(std::chrono::steady_clock::now() < end);
    asio::steady_timer moment(loop, 20ms);
    co_await moment.async_wait(asio::use_awaitable);
  }
}

PrivateSentinels& town() {
  static PrivateSentinels one;
  return one;
}

/// Plays with a client of the town that is up, and stops it.
template <class Story> void play_with_client(Story story) {
  asio::io_context loop;
  auto client =
      std::make_shared<Client>(loop.get_executor(), redis::parse_site(town().url()).value(), quick());
  play(loop, [&]() -> asio::awaitable<void> {
    client->start();
    bool const up = co_await client->until_up(patience / 2);
    expect(up);
    co_await story(loop, client);
    co_await client->stop();
  });
  CHECK(loop.stopped());
}

} // namespace

TEST_CASE("the primary under Sentinels is killed: the client goes to the replica that takes over") {
  play_with_client([](asio::io_context& loop, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    auto& primary = town().primary();
    CHECK(client->home_of("any").value().port == primary.port);
    std::vector<Command> first{{"SET", "kept", "1"}, {"WAIT", "2", "1000"}};
    auto const stored = co_await client->run_all(std::move(first));
    REQUIRE(stored);
    CHECK((*stored)[1].as_integer() == 2);

    primary.server.kill();
    Command killed{"SET", "after", "kill"};
    co_await insist(loop, client, std::move(killed));
    wait_until([&] { return &town().primary() != &primary; },
               "the Sentinel that is asked names another primary");
    auto& next = town().primary();
    CHECK(next.cli("GET kept") == "1");
    CHECK(next.cli("GET after") == "kill");
    primary.server.restart();
    primary.cli("REPLICAOF 127.0.0.1 " + std::to_string(next.port));
    wait_until([&] { return PrivateSentinels::in_step(next) == 2; }, "it follows the new primary");
  });
}

TEST_CASE("a primary that was made a replica refuses to write: the client goes where the Sentinels say") {
  play_with_client([](asio::io_context& loop, std::shared_ptr<Client> client) -> asio::awaitable<void> {
    auto& demoted = town().primary();
    Command before{"SET", "last", "before"};
    co_await insist(loop, client, std::move(before));
    // The loop stands still meanwhile, so that the client learns nothing before it writes.
    auto const ordered = [] { return town().sentinels.front()->cli("SENTINEL FAILOVER vigie") == "OK"; };
    wait_until(ordered, "the Sentinels take the order");
    wait_until([&] { return &town().primary() != &demoted; }, "another primary is named");
    auto& next = town().primary();
    demoted.cli("REPLICAOF 127.0.0.1 " + std::to_string(next.port));
    Command after{"SET", "last", "after"};
    co_await insist(loop, client, std::move(after));
    CHECK(client->home_of("last").value().port == next.port);
    CHECK(next.cli("GET last") == "after");
  });
}

TEST_CASE("where no Sentinel answers nothing is up, and it is said which one was asked") {
  asio::io_context loop;
  auto const port = free_port();
  auto const url = "redis-sentinel://127.0.0.1:" + std::to_string(port) + "/vigie";
  auto client = std::make_shared<Client>(loop.get_executor(), redis::parse_site(url).value(), quick());
  play(loop, [&]() -> asio::awaitable<void> {
    client->start();
    bool const up = co_await client->until_up(200ms);
    expect(!up);
    Command ping{"PING"};
    auto const answer = co_await client->run(std::move(ping));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().detail.find(std::to_string(port)) != std::string::npos);
    co_await client->stop();
  });
}
