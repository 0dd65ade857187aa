#pragma once

#include "engine/signal.hpp"

namespace vigie::engine {

/// How far a thread's event loop is behind with its work: how late a timer comes that should come ten times a
/// second. Rises at once, falls within a second.
class Pressure {
 public:
  explicit Pressure(asio::any_io_executor executor) : turn_(executor) {}

  /// Measures until stop.
  asio::awaitable<void> watch();
  void stop();

  std::chrono::milliseconds lateness() const { return lateness_; }

 private:
  Signal turn_;
  std::chrono::milliseconds lateness_{};
  bool stopping_ = false;
};

} // namespace vigie::engine
