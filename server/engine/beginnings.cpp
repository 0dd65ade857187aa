#include "engine/beginnings.hpp"

#include <asio/this_coro.hpp>

namespace vigie::engine {

Beginnings& Beginnings::of(asio::any_io_executor const& executor) {
  return asio::use_service<Beginnings>(asio::query(executor, asio::execution::context));
}

/// Whoever ends hands the place on to who has waited longest.
asio::awaitable<void> Beginnings::turn() {
  if (under_way_ < at_once) {
    ++under_way_;
    co_return;
  }
  auto const executor = co_await asio::this_coro::executor;
  auto const called = waiting_.emplace_back(std::make_shared<Signal>(executor));
  while (!co_await called->wait_for(std::chrono::hours{24})) {
  }
}

void Beginnings::done() {
  if (waiting_.empty()) {
    --under_way_;
    return;
  }
  waiting_.front()->raise();
  waiting_.pop_front();
}

} // namespace vigie::engine
