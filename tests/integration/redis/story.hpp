#pragma once

#include "redis/address.hpp"
#include "support/private_redis.hpp"

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <exception>
#include <source_location>

namespace vigie::testing {

using namespace std::chrono_literals;

/// Longer than anything these stories wait for; reached only when something is broken.
constexpr auto patience = 20s;

/// Plays a coroutine to its end on this loop, then lets the loop finish what is left.
template <class Story> void play(asio::io_context& loop, Story story) {
  bool ended = false;
  std::exception_ptr failure;
  asio::co_spawn(loop, std::move(story), [&](std::exception_ptr thrown) {
    failure = thrown;
    ended = true;
  });
  loop.restart();
  loop.run_for(patience);
  if (failure) std::rethrow_exception(failure);
  REQUIRE(ended);
}

/// What must hold of something awaited. Never await inside REQUIRE or CHECK: with g++ they await twice.
inline void expect(bool holds, std::source_location where = std::source_location::current()) {
  INFO("expected at " << where.file_name() << ':' << where.line());
  REQUIRE(holds);
}

inline redis::Address address_of(PrivateRedis const& server) {
  return redis::parse_address(server.url()).value();
}

/// Something that happens in a callback and is awaited in a story.
class Happening {
 public:
  explicit Happening(asio::io_context& loop) : timer_(loop, patience) {}

  void happened() {
    happened_ = true;
    timer_.cancel();
  }

  /// True when it has happened; false when patience ran out.
  asio::awaitable<bool> awaited() {
    asio::error_code ended;
    if (!happened_) co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    co_return happened_;
  }

 private:
  asio::steady_timer timer_;
  bool happened_ = false;
};

} // namespace vigie::testing
