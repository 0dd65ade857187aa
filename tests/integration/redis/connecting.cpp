#include "redis/connection.hpp"
#include "story.hpp"
#include "tcp_door.hpp"

using namespace vigie;
using namespace vigie::testing;
using redis::Command;
using redis::Connection;
using redis::Trouble;

TEST_CASE("no Redis at that socket: connecting says so, with the address") {
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    auto const address = redis::parse_address("unix:/nowhere/redis.sock").value();
    Connection connection(loop.get_executor(), address);
    auto const outcome = co_await connection.connect();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().trouble == Trouble::disconnected);
    CHECK(outcome.error().detail == "unix:/nowhere/redis.sock: No such file or directory");
  });
}

TEST_CASE("a Redis that stands still is no connection") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    server.freeze();
    redis::Options options;
    options.connect_timeout = 50ms;
    Connection connection(loop.get_executor(), address_of(server), options);
    auto const outcome = co_await connection.connect();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().trouble == Trouble::timed_out);
    CHECK_FALSE(connection.connected());
  });
}

TEST_CASE("a wrong or missing password is refused, the right one opens") {
  PrivateRedis server({.durable = false, .more = {"--requirepass", "s3cret"}});
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    auto address = address_of(server);
    Connection without(loop.get_executor(), address);
    auto const missing = co_await without.connect();
    REQUIRE_FALSE(missing);
    CHECK(missing.error().trouble == Trouble::refused);
    CHECK(missing.error().detail.find("NOAUTH") != std::string::npos);
    address.password = "guess";
    Connection guessing(loop.get_executor(), address);
    auto const wrong = co_await guessing.connect();
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().trouble == Trouble::refused);
    CHECK(wrong.error().detail.find("guess") == std::string::npos);
    address.password = "s3cret";
    address.username = "default";
    Connection knowing(loop.get_executor(), address);
    expect(bool(co_await knowing.connect()));
    knowing.close();
  });
}

TEST_CASE("each database holds its own keys") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    auto address = address_of(server);
    Connection zero(loop.get_executor(), address);
    address.database = 3;
    Connection three(loop.get_executor(), address);
    expect(bool(co_await zero.connect()));
    expect(bool(co_await three.connect()));
    Command set{"SET", "k", "v"};
    Command get{"GET", "k"};
    expect(bool(co_await three.run(set)));
    auto const elsewhere = co_await zero.run(get);
    REQUIRE(elsewhere);
    CHECK(elsewhere->is_nil());
    zero.close();
    three.close();
  });
}

TEST_CASE("over TCP, by number and by name, where the name's first address may not answer") {
  PrivateRedis server;
  asio::io_context loop;
  TcpDoor door(loop, server.socket_path());
  auto const host = GENERATE(as<std::string>(), "127.0.0.1", "localhost");
  play(loop, [&]() -> asio::awaitable<void> {
    auto const text = "redis://" + host + ':' + std::to_string(door.port()) + "/1";
    Connection connection(loop.get_executor(), redis::parse_address(text).value());
    auto const outcome = co_await connection.connect();
    REQUIRE(outcome);
    Command echo{"ECHO", "through the door"};
    auto const answer = co_await connection.run(echo);
    REQUIRE(answer);
    CHECK(*answer->as_string() == "through the door");
    connection.close();
    door.close();
  });
}

TEST_CASE("closing while connecting ends the attempt") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    server.freeze();
    auto connection = std::make_unique<Connection>(loop.get_executor(), address_of(server));
    auto attempt = connection->connect();
    asio::post(loop, [&] { connection.reset(); });
    auto const outcome = co_await std::move(attempt);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().trouble == Trouble::disconnected);
  });
}
