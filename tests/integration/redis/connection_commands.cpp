#include "redis/connection.hpp"
#include "story.hpp"

using namespace vigie;
using namespace vigie::testing;
using redis::Command;
using redis::Connection;
using redis::Trouble;

TEST_CASE("a pipeline's replies come in the order of its commands") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    expect(bool(co_await connection.connect()));
    std::vector<Command> commands(20000, Command{"INCR", "fixes"});
    auto const replies = co_await connection.run_all(commands);
    REQUIRE(replies);
    REQUIRE(replies->size() == 20000);
    for (std::size_t i = 0; i < replies->size(); ++i)
      if ((*replies)[i].as_integer() != static_cast<std::int64_t>(i + 1)) FAIL("out of order at " << i);
    connection.close();
  });
}

TEST_CASE("commands of several coroutines share a connection, and each gets its own replies") {
  PrivateRedis server;
  asio::io_context loop;
  Connection connection(loop.get_executor(), address_of(server));
  int answered = 0;
  auto const desk = [&](int number) -> asio::awaitable<void> {
    for (int turn = 0; turn < 100; ++turn) {
      Command command{"ECHO", std::to_string(number * 1000 + turn)};
      auto const expected = command[1];
      auto const reply = co_await connection.run(std::move(command));
      REQUIRE(reply);
      REQUIRE(reply->as_string());
      CHECK(*reply->as_string() == expected);
    }
    if (++answered == 10) connection.close();
  };
  play(loop, [&]() -> asio::awaitable<void> {
    expect(bool(co_await connection.connect()));
    for (int number = 0; number < 10; ++number)
      asio::co_spawn(loop, desk(number), [](std::exception_ptr thrown) {
        if (thrown) std::rethrow_exception(thrown);
      });
  });
  CHECK(answered == 10);
}

TEST_CASE("values are bytes: zeros, line ends and a mebibyte survive") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    expect(bool(co_await connection.connect()));
    std::string bytes;
    for (int i = 0; i < 1024 * 1024; ++i) bytes += static_cast<char>(i * 7 + i / 256);
    bytes += std::string("\0\r\n$3\r\n", 7);
    std::string const key("k\0\r\n", 4);
    Command set{"SET", key, bytes};
    Command get{"GET", key};
    expect(bool(co_await connection.run(set)));
    auto const got = co_await connection.run(get);
    REQUIRE(got);
    REQUIRE(got->as_string());
    CHECK(*got->as_string() == bytes);
    connection.close();
  });
}

TEST_CASE("every shape of reply is read") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    expect(bool(co_await connection.connect()));
    std::vector<Command> commands;
    commands.push_back({"GET", "nothing"});
    commands.push_back({"SET", "k", ""});
    commands.push_back({"GET", "k"});
    commands.push_back({"INCRBY", "n", "-9223372036854775808"});
    commands.push_back({"XADD", "s", "1-0", "field", "value"});
    commands.push_back({"XRANGE", "s", "-", "+"});
    commands.push_back({"LRANGE", "nothing", "0", "-1"});
    auto const replies = co_await connection.run_all(commands);
    REQUIRE(replies);
    auto const& r = *replies;
    CHECK(r[0].is_nil());
    CHECK(*r[1].as_string() == "OK");
    CHECK(r[2].as_string()->empty());
    CHECK(r[3].as_integer() == INT64_MIN);
    REQUIRE(r[5].as_array()->size() == 1);
    auto const& entry = *r[5].as_array()->front().as_array();
    CHECK(*entry[0].as_string() == "1-0");
    CHECK(*entry[1].as_array()->at(1).as_string() == "value");
    CHECK(r[6].as_array()->empty());
    CHECK_FALSE(r[6].is_nil());
    connection.close();
  });
}

TEST_CASE("a command that Redis refuses is answered by its error, and the connection goes on") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    expect(bool(co_await connection.connect()));
    std::vector<Command> commands{{"SET", "text", "x"}, {"LPUSH", "text", "y"}, {"GET", "text"}};
    auto const replies = co_await connection.run_all(commands);
    REQUIRE(replies);
    CHECK((*replies)[1].is_error("WRONGTYPE"));
    CHECK_FALSE((*replies)[1].is_error("WRONG"));
    CHECK((*replies)[1].error()->starts_with("WRONGTYPE Operation"));
    CHECK(*(*replies)[2].as_string() == "x");
    CHECK(connection.connected());
    connection.close();
  });
}

TEST_CASE("an empty pipeline needs no answer, an empty command gets none, nor does a closed connection") {
  PrivateRedis server;
  asio::io_context loop;
  play(loop, [&]() -> asio::awaitable<void> {
    Connection connection(loop.get_executor(), address_of(server));
    CHECK_FALSE(connection.connected());
    Command ping{"PING"};
    auto const early = co_await connection.run(ping);
    REQUIRE_FALSE(early);
    CHECK(early.error().trouble == Trouble::disconnected);
    expect(bool(co_await connection.connect()));
    std::vector<Command> none;
    auto const empty = co_await connection.run_all(none);
    REQUIRE(empty);
    CHECK(empty->empty());
    std::vector<Command> nothing_said{ping, Command()};
    auto const refused = co_await connection.run_all(nothing_said);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().trouble == Trouble::refused);
    connection.close();
    connection.close();
    auto const late = co_await connection.run(ping);
    REQUIRE_FALSE(late);
    CHECK(late.error().trouble == Trouble::disconnected);
  });
}
