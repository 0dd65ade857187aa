#include "redis/client.hpp"
#include "story.hpp"

#include <asio/detached.hpp>
#include <asio/post.hpp>

#include <numeric>

using namespace vigie;
using namespace vigie::testing;
using redis::Client;
using redis::Command;
using redis::Trouble;

namespace {

redis::KeepAlive quick() {
  redis::KeepAlive options;
  options.connection.command_timeout = 2s; // more than a slow disk takes
  options.backoff = {1ms, 10ms};
  options.heartbeat = 5ms;
  return options;
}

std::uint64_t number_after(std::string_view name, std::string_view text) {
  return std::stoull(std::string(text.substr(text.find(name) + name.size())));
}

} // namespace

TEST_CASE("Redis is killed and comes back: the client says so at once, and recovers alone") {
  PrivateRedis server({.durable = true, .more = {}});
  asio::io_context loop;
  Client client(loop.get_executor(), address_of(server), quick());
  std::vector<bool> changes;
  Happening down(loop);
  client.on_change([&](bool up, std::string const& why) {
    changes.push_back(up);
    CHECK_FALSE(why.empty());
    if (!up) down.happened();
  });
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    Command set{"SET", "request", "noise"};
    expect(bool(co_await client.run(set)));

    server.kill();
    expect(bool(co_await down.awaited()));
    CHECK_FALSE(client.up());
    Command get{"GET", "request"};
    auto const meanwhile = co_await client.run(get);
    REQUIRE_FALSE(meanwhile);
    CHECK(meanwhile.error().trouble == Trouble::disconnected);
    std::vector<Command> both{get, get};
    expect(!co_await client.run_all(both));

    server.restart();
    expect(bool(co_await client.until_up(patience)));
    auto const again = co_await client.run(get);
    REQUIRE(again);
    REQUIRE(again->as_string());
    CHECK(*again->as_string() == "noise");
    co_await client.stop();
  });
  CHECK(changes == std::vector<bool>{true, false, true, false});
}

TEST_CASE("a Redis that has become a replica is left, and its address followed to the primary") {
  PrivateRedis first, second;
  auto const moving = first.directory() / "moving.sock";
  std::filesystem::create_symlink(first.socket_path(), moving);
  asio::io_context loop;
  Client client(loop.get_executor(), redis::parse_address("unix:" + moving.string()).value(), quick());
  Happening down(loop);
  client.on_change([&](bool up, std::string const&) {
    if (!up) down.happened();
  });
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    Command follow{"REPLICAOF", "127.0.0.1", "1"};
    expect(bool(co_await client.run(follow)));
    std::filesystem::remove(moving);
    std::filesystem::create_symlink(second.socket_path(), moving);
    Command set{"SET", "request", "noise"};
    auto const refused = co_await client.run(set);
    REQUIRE(refused);
    CHECK(refused->is_error("READONLY"));
    expect(bool(co_await down.awaited()));
    expect(bool(co_await client.until_up(patience)));
    std::vector<Command> both{set, set};
    auto const taken = co_await client.run_all(both);
    REQUIRE(taken);
    for (auto const& reply : *taken) CHECK_FALSE(reply.error());
    co_await client.stop();
  });
}

TEST_CASE("a replica that becomes the primary again takes commands, also those that a script gives") {
  PrivateRedis server;
  asio::io_context loop;
  Client client(loop.get_executor(), address_of(server), quick());
  Happening down(loop);
  client.on_change([&](bool up, std::string const&) {
    if (!up) down.happened();
  });
  redis::Script const write{"return redis.call('SET', KEYS[1], 'noise')"};
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    Command follow{"REPLICAOF", "127.0.0.1", "1"}, lead{"REPLICAOF", "NO", "ONE"};
    expect(bool(co_await client.run(follow)));
    std::vector<std::string> const key{"request"}, nothing;
    auto const refused = co_await client.eval(write, key, nothing);
    REQUIRE(refused);
    CHECK(refused->is_error("READONLY"));
    expect(bool(co_await down.awaited()));
    expect(bool(co_await client.until_up(patience)));
    expect(bool(co_await client.run(lead)));
    auto const taken = co_await client.eval(write, key, nothing);
    REQUIRE(taken);
    CHECK_FALSE(taken->error());
    co_await client.stop();
  });
}

TEST_CASE("what follows soon on what was sent leaves together, and is answered in its order") {
  PrivateRedis server;
  asio::io_context loop;
  auto options = quick();
  options.connection.gather = 200ms;
  options.heartbeat = patience;
  Client client(loop.get_executor(), address_of(server), options);
  std::vector<std::int64_t> counted;
  auto const count = [&]() -> asio::awaitable<void> {
    Command next{"INCR", "n"};
    auto const answer = co_await client.run(std::move(next));
    REQUIRE(answer);
    counted.push_back(answer->as_integer().value());
  };
  auto const reads = [&]() -> asio::awaitable<std::uint64_t> {
    Command info{"INFO", "stats"};
    auto const answer = co_await client.run(std::move(info));
    REQUIRE(answer);
    co_return number_after("total_reads_processed:", *answer->as_string());
  };
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    auto const before = co_await reads();
    for (int turn = 0; turn < 20; ++turn) {
      asio::co_spawn(loop, count(), asio::detached);
      co_await asio::post(loop, asio::use_awaitable);
    }
    auto const after = co_await reads();
    CHECK(after - before < 10);
    co_await client.stop();
  });
  std::vector<std::int64_t> expected(20);
  std::iota(expected.begin(), expected.end(), 1);
  CHECK(counted == expected);
}

TEST_CASE("a command under way when Redis is killed is answered once, as disconnected") {
  PrivateRedis server;
  asio::io_context loop;
  Client client(loop.get_executor(), address_of(server), quick());
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    server.freeze();
    std::vector<Command> commands(1000, Command{"INCR", "n"});
    asio::post(loop, [&] { server.kill(); });
    auto const answer = co_await client.run_all(commands, patience);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().trouble == Trouble::disconnected);
    server.restart();
    expect(bool(co_await client.until_up(patience)));
    co_await client.stop();
  });
}

TEST_CASE(
    "Redis stands still while nobody asks anything: the heartbeat finds out, and finds it awake again") {
  PrivateRedis server;
  asio::io_context loop;
  Client client(loop.get_executor(), address_of(server), quick());
  Happening down(loop);
  client.on_change([&](bool up, std::string const&) {
    if (!up) down.happened();
  });
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    server.freeze();
    expect(bool(co_await down.awaited()));
    expect(!co_await client.until_up(10ms));
    server.thaw();
    expect(bool(co_await client.until_up(patience)));
    Command ping{"PING"};
    expect(bool(co_await client.run(ping)));
    co_await client.stop();
  });
}

TEST_CASE("what may take longer than others costs neither the connection nor those behind it their answers") {
  PrivateRedis server;
  asio::io_context loop;
  auto options = quick();
  options.connection.command_timeout = 300ms;
  Client client(loop.get_executor(), address_of(server), options);
  std::vector<bool> changes;
  client.on_change([&](bool up, std::string const&) { changes.push_back(up); });
  std::optional<Result<redis::Reply, redis::Failed>> slow;
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    Command pop{"BLPOP", "never", "1"};
    asio::co_spawn(loop, client.run(std::move(pop), patience),
                   [&](std::exception_ptr, Result<redis::Reply, redis::Failed> answer) { slow = answer; });
    co_await asio::post(loop, asio::use_awaitable);
    Command get{"GET", "request"};
    expect(bool(co_await client.run(get)));
    expect(bool(co_await client.run(get)));
    CHECK(changes == std::vector<bool>{true});
    co_await client.stop();
  });
  REQUIRE(slow);
  CHECK(*slow);
}

TEST_CASE("behind what was allowed to take longer a Redis that stands still is found out again") {
  PrivateRedis server;
  asio::io_context loop;
  auto options = quick();
  options.connection.command_timeout = 100ms;
  Client client(loop.get_executor(), address_of(server), options);
  Happening down(loop);
  client.on_change([&](bool up, std::string const&) {
    if (!up) down.happened();
  });
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    Command get{"GET", "request"};
    expect(bool(co_await client.run(get, patience)));
    server.freeze();
    auto const asked = std::chrono::steady_clock::now();
    expect(!co_await client.run(get));
    CHECK(std::chrono::steady_clock::now() - asked < 5s);
    expect(bool(co_await down.awaited()));
    server.thaw();
    co_await client.stop();
  });
}

TEST_CASE("a client that was never started stops at once, and one may start before Redis does") {
  PrivateRedis server;
  server.kill();
  asio::io_context loop;
  Client idle(loop.get_executor(), address_of(server), quick());
  Client early(loop.get_executor(), address_of(server), quick());
  play(loop, [&]() -> asio::awaitable<void> {
    co_await idle.stop();
    early.start();
    early.start();
    expect(!co_await early.until_up(20ms));
    Command ping{"PING"};
    auto const answer = co_await early.run(ping);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().detail.find("redis.sock: ") != std::string::npos);
    server.restart();
    expect(bool(co_await early.until_up(patience)));
    co_await early.stop();
    CHECK_FALSE(early.up());
  });
}

TEST_CASE("stopping while a command waits ends the command and everything else") {
  PrivateRedis server;
  asio::io_context loop;
  Client client(loop.get_executor(), address_of(server), quick());
  std::optional<Result<redis::Reply, redis::Failed>> waiting;
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    Command pop{"BLPOP", "never", "0"};
    asio::co_spawn(loop, client.run(std::move(pop), patience),
                   [&](std::exception_ptr, Result<redis::Reply, redis::Failed> answer) { waiting = answer; });
    co_await asio::post(loop, asio::use_awaitable);
    co_await client.stop();
  });
  REQUIRE(waiting);
  REQUIRE_FALSE(*waiting);
  CHECK(waiting->error().trouble == Trouble::disconnected);
  CHECK(loop.stopped());
}

TEST_CASE("a client destroyed without stopping leaves nothing behind, even from its own callback") {
  PrivateRedis server;
  asio::io_context loop;
  auto client = std::make_unique<Client>(loop.get_executor(), address_of(server), quick());
  bool was_up = false;
  client->on_change([&](bool up, std::string const&) {
    was_up = up;
    client.reset();
  });
  play(loop, [&]() -> asio::awaitable<void> {
    client->start();
    co_return;
  });
  CHECK(was_up);
  CHECK_FALSE(client);
  CHECK(loop.stopped());
}
