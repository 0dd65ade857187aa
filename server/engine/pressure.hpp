#pragma once

#include "engine/signal.hpp"

#include <array>

namespace vigie::engine {

/// How late something stays that should come in time: the least of the last four times, so that one
/// standstill of the machine, or a burst of work, counts for nothing. Falls by a sixteenth each time.
class StandingLateness {
 public:
  void note(std::chrono::milliseconds late);
  std::chrono::milliseconds operator()() const { return standing_; }

 private:
  std::array<std::chrono::milliseconds, 4> last_{};
  std::size_t next_ = 0;
  std::chrono::milliseconds standing_{};
};

/// How far a thread's event loop is behind with its work: how late a timer comes that should come forty times
/// a second, which is at every part of a tick. Rises at the fourth late turn, falls within two seconds.
class Pressure {
 public:
  explicit Pressure(asio::any_io_executor executor) : turn_(executor) {}

  /// Measures until stop.
  asio::awaitable<void> watch();
  void stop();

  std::chrono::milliseconds lateness() const { return lateness_(); }

 private:
  Signal turn_;
  StandingLateness lateness_;
  bool stopping_ = false;
};

} // namespace vigie::engine
