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
  /// The same without what is left of earlier times.
  std::chrono::milliseconds now() const;

 private:
  std::array<std::chrono::milliseconds, 4> last_{};
  std::size_t next_ = 0;
  std::chrono::milliseconds standing_{};
};

/// How far apart things should be taken that can be done without, for a loop to keep up with the rest. Widens
/// as long as the loop is behind, and narrows again by 5 ms at most with each turn: so it settles where the
/// loop just keeps up, and no more is left out than must be.
class Spacing {
 public:
  /// Takes how late the loop is.
  void note(std::chrono::milliseconds late);
  /// From 0, which leaves nothing out, to 5 s.
  std::chrono::milliseconds operator()() const { return spacing_; }

 private:
  std::chrono::milliseconds spacing_{};
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
  std::chrono::milliseconds spacing() const { return spacing_(); }

 private:
  Signal turn_;
  StandingLateness lateness_;
  Spacing spacing_;
  bool stopping_ = false;
};

} // namespace vigie::engine
