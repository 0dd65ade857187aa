#include "redis/client.hpp"
#include "story.hpp"

using namespace vigie;
using namespace vigie::testing;
using redis::Client;
using redis::Command;
using redis::Script;

namespace {

/// Plays with a client that is up, and stops it afterwards.
template <class Story> void play_with_client(Story story) {
  PrivateRedis server;
  asio::io_context loop;
  Client client(loop.get_executor(), address_of(server));
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    expect(bool(co_await client.until_up(patience)));
    co_await story(client);
    co_await client.stop();
  });
}

} // namespace

TEST_CASE("a script runs at its first call, and by its digest from then on") {
  play_with_client([](Client& client) -> asio::awaitable<void> {
    Script add("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    std::vector<std::string> const keys{"n"}, amount{"5"};
    CHECK(add.digest().empty());
    for (int turn = 1; turn <= 3; ++turn) {
      auto const answer = co_await client.eval(add, keys, amount);
      REQUIRE(answer);
      CHECK(answer->as_integer() == 5 * turn);
      CHECK(add.digest().size() == 40);
    }
    Command calls{"INFO", "commandstats"};
    auto const stats = co_await client.run(calls);
    REQUIRE(stats);
    CHECK(stats->as_string()->find("cmdstat_evalsha:calls=2,") != std::string::npos);
    CHECK(stats->as_string()->find("cmdstat_eval:calls=1,") != std::string::npos);
  });
}

TEST_CASE("a Redis that has forgotten the script is given its text again, and it runs once") {
  play_with_client([](Client& client) -> asio::awaitable<void> {
    Script add("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    std::vector<std::string> const keys{"n"}, amount{"1"};
    expect(bool(co_await client.eval(add, keys, amount)));
    Command forget{"SCRIPT", "FLUSH"};
    expect(bool(co_await client.run(forget)));
    auto const answer = co_await client.eval(add, keys, amount);
    REQUIRE(answer);
    CHECK(answer->as_integer() == 2);
  });
}

TEST_CASE("what goes wrong in a script is answered as an error") {
  play_with_client([](Client& client) -> asio::awaitable<void> {
    std::vector<std::string> const none;
    Script broken("return (");
    auto const not_lua = co_await client.eval(broken, none, none);
    REQUIRE(not_lua);
    CHECK(not_lua->is_error("ERR"));
    CHECK(broken.digest().empty());
    Script refusing("return redis.error_reply('CONFLICT 7')");
    auto const refused = co_await client.eval(refusing, none, none);
    REQUIRE(refused);
    CHECK(refused->is_error("CONFLICT"));
    CHECK(*refused->error() == "CONFLICT 7");
  });
}
