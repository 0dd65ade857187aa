#include "contract/journal/worlds.hpp"

#include <asio/experimental/awaitable_operators.hpp>
#include <asio/steady_timer.hpp>

using namespace vigie;
using namespace vigie::testing;
using namespace asio::experimental::awaitable_operators;
using engine::Append;

namespace {

asio::awaitable<Append> append(JournalHandle journal, protocol::Version version) {
  co_return co_await journal->append(entries(version, version));
}

/// As an engine does: again until the journal can be reached.
asio::awaitable<std::vector<protocol::Commit>> read_once_back(JournalHandle journal) {
  asio::steady_timer pause(co_await asio::this_coro::executor);
  for (;;) {
    if (auto commits = co_await journal->read(0, 100)) co_return std::move(*commits);
    pause.expires_after(20ms);
    co_await pause.async_wait(asio::use_awaitable);
  }
}

} // namespace

TEST_CASE("A commit whose answer is lost when Redis is killed stands there once or never") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    auto const first = co_await append(journal, 1);
    REQUIRE(first == Append::taken);
    auto const killing = [&]() -> asio::awaitable<void> {
      world.redis.kill();
      co_return;
    };
    auto const answer = co_await (append(journal, 2) && killing());
    CHECK(answer != Append::conflict);
    world.redis.restart();
    auto const commits = co_await read_once_back(journal);
    REQUIRE(commits.size() >= (answer == Append::taken ? 2 : 1));
    REQUIRE(commits.size() <= 2);
    auto const next = co_await append(journal, commits.size() + 1);
    CHECK(next == Append::taken);
  });
}

TEST_CASE("A commit that Redis takes after we stopped waiting is found, and is there once") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    auto const first = co_await append(journal, 1);
    REQUIRE(first == Append::taken);
    world.redis.freeze();
    auto const answer = co_await append(journal, 2);
    CHECK(answer == Append::unavailable);
    world.redis.thaw();
    auto commits = co_await read_once_back(journal);
    auto const again = commits.size() == 1 ? co_await append(journal, 2) : Append::taken;
    CHECK(again != Append::unavailable);
    commits = co_await read_once_back(journal);
    CHECK(versions(commits) == std::vector<protocol::Version>{1, 2});
  });
}

TEST_CASE("While Redis is away everything says so, and works again when it is back") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"), 100ms);
    auto const first = co_await append(journal, 1);
    REQUIRE(first == Append::taken);
    world.redis.kill();
    auto const answer = co_await append(journal, 2);
    auto const read = co_await journal->read(0, 10);
    co_await journal->wait(1);
    auto const snapshot = co_await journal->load_snapshot();
    auto const identity = co_await journal->load_identity();
    auto const kept = co_await journal->confidences(subjects("call-1"));
    auto const time = co_await journal->time();
    CHECK_FALSE(time);
    CHECK(answer == Append::unavailable);
    CHECK_FALSE(read);
    CHECK_FALSE(snapshot);
    CHECK_FALSE(identity);
    CHECK_FALSE(kept);
    world.redis.restart();
    auto const commits = co_await read_once_back(journal);
    CHECK(versions(commits) == std::vector<protocol::Version>{1});
    co_await journal->wait(1);
    auto const quiet = co_await journal->read(1, 10);
    REQUIRE(quiet);
    CHECK(quiet->empty());
    auto const second = co_await append(journal, 2);
    CHECK(second == Append::taken);
  });
}

TEST_CASE("A Redis that begins anew may lack what was shown: the line of history has another name then") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"), 100ms);
    auto const before = co_await journal->load_identity();
    auto const same = co_await journal->load_identity();
    REQUIRE((before && same));
    CHECK(*same == *before);
    auto const key = journal->caller_key("+33299000000");
    world.redis.kill();
    world.redis.restart();
    co_await read_once_back(journal);
    auto const after = co_await journal->load_identity();
    REQUIRE(after);
    CHECK(*after != *before);
    CHECK(journal->caller_key("+33299000000") == key);
  });
}

TEST_CASE("The journal tells the time of its Redis") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    auto const told = co_await journal->time();
    REQUIRE(told);
    CHECK(std::chrono::abs(*told - std::chrono::system_clock::now()) < std::chrono::minutes(1));
  });
}

TEST_CASE("A Redis that is full is read, and says that it takes nothing") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    auto prompt = co_await world.client();
    co_await journal->load_identity();
    auto const first = co_await append(journal, 1);
    REQUIRE(first == Append::taken);
    auto const before = co_await journal->takes_commits();
    CHECK(before);
    redis::Command fill{"CONFIG", "SET", "maxmemory", "1"};
    co_await prompt->run(std::move(fill));
    auto const refused = co_await append(journal, 2);
    auto const full = co_await journal->takes_commits();
    auto const read = co_await journal->read(0, 10);
    CHECK(refused == Append::unavailable);
    CHECK_FALSE(full);
    CHECK(read);
    redis::Command empty{"CONFIG", "SET", "maxmemory", "0"};
    co_await prompt->run(std::move(empty));
    auto const after = co_await journal->takes_commits();
    CHECK(after);
    auto const second = co_await append(journal, 2);
    CHECK(second == Append::taken);
  });
}

TEST_CASE("A journal whose end was cut says that it takes nothing") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    auto prompt = co_await world.client();
    co_await journal->load_identity();
    auto const empty = co_await journal->takes_commits();
    CHECK(empty);
    for (protocol::Version version = 1; version <= 2; ++version) {
      auto const taken = co_await append(journal, version);
      REQUIRE(taken == Append::taken);
    }
    redis::Command cut{"XDEL", "vigie:{rennes}:journal", "2-0"};
    co_await prompt->run(std::move(cut));
    auto const after = co_await journal->takes_commits();
    CHECK_FALSE(after);
  });
}

TEST_CASE("A wait ends when Redis dies under it") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"), 50s);
    auto const connected = co_await append(journal, 1);
    REQUIRE(connected == Append::taken);
    co_await journal->wait(1); // that there is somebody to hear is news as well
    auto const waiter = [journal]() -> asio::awaitable<engine::Reading> {
      co_await journal->wait(1);
      co_return co_await journal->read(1, 10);
    };
    auto const killing = [&]() -> asio::awaitable<void> {
      asio::steady_timer moment(world.loop, 50ms);
      co_await moment.async_wait(asio::use_awaitable);
      world.redis.kill();
    };
    auto const news = co_await (waiter() && killing());
    CHECK_FALSE(news);
  });
}
