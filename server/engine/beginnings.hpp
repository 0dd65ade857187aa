#pragma once

#include "engine/signal.hpp"

#include <asio/any_io_executor.hpp>
#include <asio/execution_context.hpp>

#include <deque>
#include <memory>

namespace vigie::engine {

/// Lets a few services of an event loop begin from their journals at a time. Each has much to read and to
/// fold: all together they would keep the thread from every answer for longer than one is waited for.
class Beginnings final : public asio::execution_context::service {
 public:
  inline static asio::execution_context::id id;
  explicit Beginnings(asio::execution_context& loop) : service(loop) {}
  /// Those of this executor's loop.
  static Beginnings& of(asio::any_io_executor const& executor);

  /// Waits for one's turn, which ends with `done`.
  asio::awaitable<void> turn();
  void done();

 private:
  static constexpr int at_once = 8;

  void shutdown() override { waiting_.clear(); }

  int under_way_ = 0;
  std::deque<std::shared_ptr<Signal>> waiting_;
};

} // namespace vigie::engine
