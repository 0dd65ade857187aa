#pragma once

#include "engine/passing_time.hpp"

#include <asio/awaitable.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include <chrono>

namespace vigie::engine {

/// Wakes one waiting coroutine of the same thread; raised while nobody waits, it lets the next wait through.
class Signal {
 public:
  explicit Signal(asio::any_io_executor executor) : time_(PassingTime::of(executor)), timer_(executor) {}

  void raise() {
    if (!std::exchange(raised_, true)) timer_.cancel();
  }

  /// Waits for a raise, at the longest this long; tells whether it was raised.
  asio::awaitable<bool> wait_for(std::chrono::milliseconds longest) {
    if (!raised_) {
      PassingTime::Pause const pause{time_, timer_, longest};
      asio::error_code ignored;
      co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    co_return std::exchange(raised_, false);
  }

  /// Waits for a raise, at the longest a chance part of this.
  asio::awaitable<bool> wait_about(std::chrono::milliseconds longest) {
    return wait_for(time_.jittered(longest));
  }

  asio::awaitable<void> wait() { co_await wait_for(std::chrono::hours{24}); }

 private:
  PassingTime& time_;
  asio::steady_timer timer_;
  bool raised_ = false;
};

} // namespace vigie::engine
