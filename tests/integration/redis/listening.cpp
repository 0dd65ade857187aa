#include "redis/subscriber.hpp"
#include "story.hpp"

using namespace vigie;
using namespace vigie::testing;
using redis::Client;
using redis::Command;
using redis::Subscriber;

namespace {

redis::KeepAlive quick() {
  redis::KeepAlive options;
  options.connection.command_timeout = 2s; // more than a slow disk takes
  options.backoff = {1ms, 10ms};
  options.heartbeat = 2ms;
  return options;
}

/// What a subscriber heard, and the moment when it has heard the word `end`.
struct Ear {
  explicit Ear(asio::io_context& loop) : all(loop), down(loop) {}

  redis::Listener on(std::string channel) {
    auto const hear = [this, channel](std::string const& payload) {
      heard.emplace_back(channel, payload);
      if (payload == "end") all.happened();
    };
    auto const note = [this](bool does) {
      listens += does ? 1 : 0;
      if (!does) down.happened();
    };
    return {hear, note};
  }

  Happening all;
  Happening down;
  std::vector<std::pair<std::string, std::string>> heard;
  int listens = 0; ///< how often it was told that messages come
};

asio::awaitable<void> publish(Client& client, std::string channel, std::string payload) {
  Command command{"PUBLISH", std::move(channel), std::move(payload)};
  auto const answer = co_await client.run(std::move(command));
  REQUIRE(answer);
}

} // namespace

TEST_CASE("messages come in order, any bytes, from the channels asked for only") {
  PrivateRedis server;
  asio::io_context loop;
  Ear ear(loop);
  Client client(loop.get_executor(), address_of(server));
  Subscriber subscriber(loop.get_executor(), address_of(server), quick());
  std::string const bytes("\0\r\n*3", 5);
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    subscriber.subscribe("before", ear.on("before"));
    subscriber.start();
    expect(bool(co_await client.until_up(patience)));
    expect(bool(co_await subscriber.until_listening(patience)));
    subscriber.subscribe("after", ear.on("after"));
    subscriber.subscribe("after", ear.on("after"));
    expect(bool(co_await subscriber.until_listening(patience)));
    co_await publish(client, "before", bytes);
    co_await publish(client, "other", "unheard");
    co_await publish(client, "after", "2");
    co_await publish(client, "before", "end");
    expect(bool(co_await ear.all.awaited()));
    co_await subscriber.stop();
    co_await client.stop();
  });
  std::vector<std::pair<std::string, std::string>> const expected{
      {"before", bytes}, {"after", "2"}, {"before", "end"}};
  CHECK(ear.heard == expected);
}

TEST_CASE("Redis is killed and comes back: the subscriber listens again to all its channels") {
  PrivateRedis server;
  asio::io_context loop;
  Ear ear(loop);
  Client client(loop.get_executor(), address_of(server), quick());
  Subscriber subscriber(loop.get_executor(), address_of(server), quick());
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    subscriber.start();
    subscriber.subscribe("one", ear.on("one"));
    expect(bool(co_await subscriber.until_listening(patience)));
    server.kill();
    expect(bool(co_await ear.down.awaited()));
    expect(!co_await subscriber.until_listening(5ms));
    subscriber.subscribe("two", ear.on("two"));
    server.restart();
    expect(bool(co_await subscriber.until_listening(patience)));
    expect(bool(co_await client.until_up(patience)));
    co_await publish(client, "one", "back");
    co_await publish(client, "two", "end");
    expect(bool(co_await ear.all.awaited()));
    co_await subscriber.stop();
    co_await client.stop();
  });
  CHECK(ear.heard.size() == 2);
  CHECK(ear.listens == 3); // one before, both after
}

TEST_CASE("Redis stands still: the subscriber's heartbeat finds out, and it listens again afterwards") {
  PrivateRedis server;
  asio::io_context loop;
  Ear ear(loop);
  Subscriber subscriber(loop.get_executor(), address_of(server), quick());
  play(loop, [&]() -> asio::awaitable<void> {
    subscriber.start();
    subscriber.subscribe("one", ear.on("one"));
    expect(bool(co_await subscriber.until_listening(patience)));
    server.freeze();
    expect(bool(co_await ear.down.awaited()));
    server.thaw();
    expect(bool(co_await subscriber.until_listening(patience)));
    co_await subscriber.stop();
  });
  CHECK(loop.stopped());
}

TEST_CASE("a channel may be left, taken again and left, many times and in one breath") {
  PrivateRedis server;
  asio::io_context loop;
  Ear ear(loop);
  Client client(loop.get_executor(), address_of(server));
  Subscriber subscriber(loop.get_executor(), address_of(server), quick());
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    subscriber.start();
    expect(bool(co_await client.until_up(patience)));
    expect(bool(co_await subscriber.until_listening(patience)));
    for (int turn = 0; turn < 50; ++turn) {
      subscriber.subscribe("fickle", ear.on("fickle"));
      subscriber.unsubscribe("fickle");
      subscriber.unsubscribe("never asked for");
      if (turn % 10 == 0) expect(bool(co_await subscriber.until_listening(patience)));
    }
    subscriber.subscribe("steady", ear.on("steady"));
    expect(bool(co_await subscriber.until_listening(patience)));
    co_await publish(client, "fickle", "unheard");
    subscriber.subscribe("fickle", ear.on("fickle"));
    expect(bool(co_await subscriber.until_listening(patience)));
    co_await publish(client, "fickle", "heard");
    co_await publish(client, "steady", "end");
    expect(bool(co_await ear.all.awaited()));
    co_await subscriber.stop();
    co_await client.stop();
  });
  CHECK(ear.heard.size() == 2);
}

TEST_CASE("a subscriber may go away in the middle of a message") {
  PrivateRedis server;
  asio::io_context loop;
  Client client(loop.get_executor(), address_of(server));
  std::unique_ptr<Subscriber> subscriber;
  int heard = 0;
  Happening gone(loop);
  auto const once = [&](std::string const&) {
    ++heard;
    subscriber.reset();
    gone.happened();
  };
  subscriber = std::make_unique<Subscriber>(loop.get_executor(), address_of(server), quick());
  play(loop, [&]() -> asio::awaitable<void> {
    client.start();
    subscriber->subscribe("one", {once});
    subscriber->start();
    expect(bool(co_await client.until_up(patience)));
    expect(bool(co_await subscriber->until_listening(patience)));
    std::vector<Command> three(3, Command{"PUBLISH", "one", "x"});
    expect(bool(co_await client.run_all(three)));
    expect(bool(co_await gone.awaited()));
    co_await client.stop();
  });
  CHECK(heard == 1);
  CHECK(loop.stopped());
}
