#pragma once

#include "accounts/accounts.hpp"
#include "support/private_redis.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <catch2/catch.hpp>

/// Accounts in a real Redis, and as many processes as a story wants.
namespace vigie::testing {

using namespace accounts;
using namespace std::chrono_literals;

inline PrivateRedis& one_redis() {
  static PrivateRedis redis;
  return redis;
}

/// What two processes share, and each process' own accounts. Names are new in each story.
struct Town {
  Town() : redis(io.get_executor(), *redis::parse_address(one_redis().url())) {
    redis.start();
    REQUIRE(run(redis.until_up(10s)));
  }
  ~Town() {
    bool stopped = false;
    asio::co_spawn(io, redis.stop(), [&](std::exception_ptr) { stopped = true; });
    while (!stopped) io.run_one();
  }

  std::unique_ptr<Accounts> process(Options options = quick()) {
    return std::make_unique<Accounts>(redis, options, [this] { return now; });
  }

  static Options quick() {
    Options options;
    options.effort = {1, 8192};
    return options;
  }

  template <class Value> Value run(asio::awaitable<Value> story) {
    std::optional<Value> result;
    asio::co_spawn(io, std::move(story), [&](std::exception_ptr failure, Value value) {
      if (failure) std::rethrow_exception(failure);
      result = std::move(value);
    });
    while (!result && io.run_one_for(20s) > 0) {
    }
    REQUIRE(result);
    return std::move(*result);
  }

  using Entered = Result<SignedIn, NotSignedIn>;
  /// All of them at the same time; `ended` is told of each, by its place, as it ends.
  std::vector<Entered> run_together(
      std::vector<asio::awaitable<Entered>> stories,
      std::function<void(std::size_t)> ended = [](std::size_t) {}) {
    std::vector<Entered> results(stories.size(), Entered{Failure<NotSignedIn>{NotSignedIn{}}});
    std::size_t left = stories.size();
    for (std::size_t at = 0; at < stories.size(); ++at)
      asio::co_spawn(io, std::move(stories[at]), [&, at](std::exception_ptr failure, Entered entered) {
        if (failure) std::rethrow_exception(failure);
        results[at] = std::move(entered);
        ended(at);
        --left;
      });
    while (left > 0 && io.run_one_for(20s) > 0) {
    }
    REQUIRE(left == 0);
    return results;
  }

  Account dispatcher() {
    static int made = 0;
    return {{"marie-" + std::to_string(++made)}, protocol::Role::dispatcher, {"rennes"}, {}, "fr"};
  }

  asio::io_context io;
  redis::Client redis;
  protocol::Instant now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
};

constexpr auto password = "rue de la nuit";

} // namespace vigie::testing
