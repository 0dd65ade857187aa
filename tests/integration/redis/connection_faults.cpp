#include "redis/connection.hpp"
#include "story.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>

using namespace vigie;
using namespace vigie::testing;
using redis::Command;
using redis::Connection;
using redis::Trouble;

namespace {

/// Runs a command beside the story and keeps what came of it.
struct Beside {
  explicit Beside(asio::io_context& loop) : ended(loop) {}

  void run(asio::io_context& loop, Connection& connection, Command command) {
    asio::co_spawn(loop, connection.run(std::move(command)),
                   [this](std::exception_ptr thrown, Result<redis::Reply, redis::Failed> answer) {
                     if (thrown) return;
                     result = std::move(answer);
                     ended.happened();
                   });
  }

  Happening ended;
  std::optional<Result<redis::Reply, redis::Failed>> result;
};

} // namespace

TEST_CASE("Redis is killed while a command is under way: whoever waits is told that the connection is lost") {
  PrivateRedis server;
  asio::io_context loop;
  Beside waiting(loop);
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    expect(bool(co_await connection.connect()));
    waiting.run(loop, connection, {"BLPOP", "never", "0"});
    server.kill();
    expect(bool(co_await waiting.ended.awaited()));
    REQUIRE_FALSE(*waiting.result);
    CHECK(waiting.result->error().trouble == Trouble::disconnected);
    CHECK_FALSE(connection.connected());
  });
}

TEST_CASE("Redis stands still: the late command times out and takes the connection with it") {
  PrivateRedis server;
  asio::io_context loop;
  Beside other(loop);
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    expect(bool(co_await connection.connect()));
    server.freeze();
    Command ping{"PING"};
    auto const answer = co_await connection.run(ping, 20ms);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().trouble == Trouble::timed_out);
    CHECK_FALSE(connection.connected());
    expect(!co_await connection.still_open_after(patience));
  });
}

TEST_CASE("a command that was in flight beside a late one is told that the connection is lost") {
  PrivateRedis server;
  asio::io_context loop;
  Beside other(loop);
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    expect(bool(co_await connection.connect()));
    server.freeze();
    other.run(loop, connection, {"GET", "k"});
    Command ping{"PING"};
    auto const answer = co_await connection.run(ping, 50ms);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().trouble == Trouble::timed_out);
    expect(bool(co_await other.ended.awaited()));
    REQUIRE_FALSE(*other.result);
    CHECK(other.result->error().trouble == Trouble::disconnected);
  });
}

TEST_CASE("a blocking command may have a longer time-out of its own") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    redis::Options hasty;
    hasty.command_timeout = 100ms;
    Connection connection(loop.get_executor(), address_of(server), hasty);
    expect(bool(co_await connection.connect()));
    Command read{"XREAD", "BLOCK", "300", "STREAMS", "journal", "$"};
    auto const answer = co_await connection.run(read, patience);
    REQUIRE(answer);
    CHECK(answer->is_nil());
    CHECK(connection.connected());
    connection.close();
  });
}

TEST_CASE("more commands than may be pending are refused, and nothing of them is sent") {
  PrivateRedis server;
  asio::io_context loop;
  Beside waiting(loop);
  play(loop, [&]() -> asio::awaitable<void> {
    redis::Options options;
    options.max_pending = 3;
    Connection connection(loop.get_executor(), address_of(server), options);
    expect(bool(co_await connection.connect()));
    std::vector<Command> four(4, Command{"INCR", "n"});
    auto const refused = co_await connection.run_all(four);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().trouble == Trouble::overloaded);
    std::vector<Command> three(3, Command{"INCR", "n"});
    auto const taken = co_await connection.run_all(three);
    REQUIRE(taken);
    CHECK(taken->back().as_integer() == 3);
    connection.close();
  });
}

TEST_CASE("bytes that the socket does not take are capped") {
  PrivateRedis server;
  asio::io_context loop;
  Beside waiting(loop);
  play(loop, [&]() -> asio::awaitable<void> {
    redis::Options options;
    options.max_unsent = 1024;
    options.command_timeout = patience; // a slow machine takes its time for so much
    Connection connection(loop.get_executor(), address_of(server), options);
    expect(bool(co_await connection.connect()));
    server.freeze();
    waiting.run(loop, connection, {"SET", "k", std::string(16 * 1024 * 1024, 'x')});
    co_await asio::post(loop, asio::use_awaitable);
    Command ping{"PING"};
    auto const refused = co_await connection.run(ping);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().trouble == Trouble::overloaded);
    server.thaw();
    expect(bool(co_await waiting.ended.awaited()));
    CHECK(*waiting.result);
    connection.close();
  });
}

TEST_CASE("a connection goes away while commands are in flight: they are told, nothing else happens") {
  PrivateRedis server;
  asio::io_context loop;
  Beside first(loop), second(loop);
  play(loop, [&]() -> asio::awaitable<void> {
    auto connection = std::make_unique<Connection>(loop.get_executor(), address_of(server));
    expect(bool(co_await connection->connect()));
    first.run(loop, *connection, {"BLPOP", "never", "0"});
    second.run(loop, *connection, {"GET", "k"});
    co_await asio::post(loop, asio::use_awaitable);
    connection.reset();
    expect(bool(co_await first.ended.awaited()));
    expect(bool(co_await second.ended.awaited()));
    REQUIRE_FALSE(*first.result);
    CHECK(first.result->error().trouble == Trouble::disconnected);
    REQUIRE_FALSE(*second.result);
  });
}

TEST_CASE("the whole loop goes away while a command is in flight, and nothing is leaked") {
  PrivateRedis server;
  std::optional<Result<redis::Reply, redis::Failed>> result;
  {
    asio::io_context loop;
    auto const story = [&]() -> asio::awaitable<void> {
      Connection connection(loop.get_executor(), address_of(server));
      expect(bool(co_await connection.connect()));
      asio::post(loop, [&] { loop.stop(); });
      Command never{"BLPOP", "never", "0"};
      result = co_await connection.run(never);
    };
    asio::co_spawn(loop, story, [](std::exception_ptr) {});
    loop.run_for(patience);
    CHECK(loop.stopped());
  }
  CHECK_FALSE(result);
}

TEST_CASE("nobody waits for a reply any more: the next command still gets its own") {
  PrivateRedis server;
  asio::io_context loop;
  asio::cancellation_signal enough;
  Happening given_up(loop);
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    Connection pusher(loop.get_executor(), address_of(server));
    expect(bool(co_await connection.connect()));
    expect(bool(co_await pusher.connect()));
    Command pop{"BLPOP", "list", "0"};
    asio::co_spawn(loop, connection.run(std::move(pop)),
                   asio::bind_cancellation_slot(enough.slot(),
                                                [&](std::exception_ptr, Result<redis::Reply, redis::Failed>) {
                                                  given_up.happened();
                                                }));
    co_await asio::post(loop, asio::use_awaitable);
    enough.emit(asio::cancellation_type::terminal);
    expect(bool(co_await given_up.awaited()));
    CHECK(connection.connected());
    Command push{"RPUSH", "list", "for the one who left"};
    expect(bool(co_await pusher.run(push)));
    Command echo{"ECHO", "mine"};
    auto const answer = co_await connection.run(echo);
    REQUIRE(answer);
    CHECK(*answer->as_string() == "mine");
    connection.close();
    pusher.close();
  });
}
