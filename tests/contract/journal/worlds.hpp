#pragma once

#include "contract/journal/telling.hpp"
#include "journal/redis_journal.hpp"
#include "support/memory_journal.hpp"
#include "support/private_redis.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <exception>

/// Two worlds in which the same stories are played: a journal in memory, and one in a Redis of its own.
namespace vigie::testing {

using namespace std::chrono_literals;
using JournalHandle = std::shared_ptr<engine::Journal>;

/// Plays a story, a coroutine, to its end.
template <class Story> void run_to_end(asio::io_context& loop, Story story) {
  bool ended = false;
  std::exception_ptr failure;
  asio::co_spawn(loop, std::move(story), [&](std::exception_ptr thrown) {
    failure = thrown;
    ended = true;
  });
  loop.restart();
  loop.run_for(60s);
  if (failure) std::rethrow_exception(failure);
  REQUIRE(ended);
}

class WallClock final : public engine::Clock {
 public:
  protocol::Instant now() const override {
    return std::chrono::time_point_cast<protocol::Duration>(std::chrono::system_clock::now());
  }
};

class MemoryWorld {
 public:
  asio::io_context loop;

  /// Another process of this service.
  asio::awaitable<JournalHandle> process(protocol::Service service, std::chrono::milliseconds patience = 5s) {
    auto& store = stores_[service.id];
    if (!store)
      store = std::make_shared<MemoryStore>("line of " + service.id.value, service.confidences_kept_for,
                                            std::make_shared<WallClock>());
    co_return std::make_shared<MemoryJournal>(loop.get_executor(), store, patience);
  }

  /// As when a replica takes over for Rennes that knows no more than this.
  asio::awaitable<void> lose_after(protocol::Version version) {
    stores_.at({"rennes"})->lose_after(version);
    co_return;
  }

  template <class Story> void play(Story story) { run_to_end(loop, std::move(story)); }

 private:
  std::map<protocol::ServiceId, std::shared_ptr<MemoryStore>> stores_;
};

class RedisWorld {
 public:
  asio::io_context loop;
  PrivateRedis redis{{.durable = true, .more = {}}};

  asio::awaitable<JournalHandle> process(protocol::Service service, std::chrono::milliseconds patience = 5s) {
    auto own = co_await client();
    auto const ear = ears_.emplace_back(std::make_shared<redis::Subscriber>(loop.get_executor(), address()));
    ear->start();
    co_return std::make_shared<journal::RedisJournal>(loop.get_executor(), own, ear, service, patience);
  }

  asio::awaitable<std::shared_ptr<redis::Client>> client() {
    redis::KeepAlive options;
    options.connection.command_timeout = 1s;
    auto own = std::make_shared<redis::Client>(loop.get_executor(), address(), options);
    clients_.push_back(own);
    own->start();
    auto const up = co_await own->until_up(10s);
    REQUIRE(up);
    co_return own;
  }

  /// As when a replica takes over for Rennes that knows no more than this.
  asio::awaitable<void> lose_after(protocol::Version version) {
    auto prompt = co_await client();
    redis::Command rewrite{"EVAL",
                           "local kept = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[1]) "
                           "redis.call('DEL', KEYS[1]) for n = 1, tonumber(ARGV[1]) do "
                           "redis.call('XADD', KEYS[1], kept[n][1], unpack(kept[n][2])) end",
                           "1", "vigie:{rennes}:journal", std::to_string(version)};
    auto const reply = co_await prompt->run(std::move(rewrite));
    REQUIRE(reply);
    REQUIRE_FALSE(reply->error());
  }

  template <class Story> void play(Story story) {
    run_to_end(loop, [this, story = std::move(story)]() -> asio::awaitable<void> {
      std::exception_ptr failure;
      try {
        co_await story();
      } catch (...) {
        failure = std::current_exception();
      }
      for (auto const& ear : ears_) co_await ear->stop();
      for (auto const& client : clients_) co_await client->stop();
      if (failure) std::rethrow_exception(failure);
    });
  }

 private:
  redis::Address address() const { return redis::parse_address(redis.url()).value(); }

  std::vector<std::shared_ptr<redis::Client>> clients_;
  std::vector<std::shared_ptr<redis::Subscriber>> ears_;
};

/// An append that a story expects to be taken. co_await stays outside of CHECK, which evaluates it twice with
/// g++ 12.
inline asio::awaitable<void> taken(JournalHandle journal, std::vector<engine::Entry> group) {
  auto const answer = co_await journal->append(std::move(group));
  CHECK(answer == engine::Append::taken);
}

/// The reply to one command that Redis must carry out.
inline asio::awaitable<redis::Reply> told(std::shared_ptr<redis::Client> client, redis::Command command) {
  auto reply = co_await client->run(std::move(command));
  REQUIRE(reply);
  REQUIRE_FALSE(reply->error());
  co_return std::move(*reply);
}

} // namespace vigie::testing
