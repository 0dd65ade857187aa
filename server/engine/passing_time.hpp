#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/execution_context.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>

namespace vigie::engine {

/// The time that passes on an event loop, for pauses and for limits on waiting: that of
/// std::chrono::steady_clock, until a simulation takes it over and moves it by hand, so that a seed repeats a
/// night however busy the machine is.
class PassingTime final : public asio::execution_context::service {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  using Span = std::chrono::steady_clock::duration;
  /// A timer that waits, as long as this lives.
  class Pause;

  inline static asio::execution_context::id id;
  explicit PassingTime(asio::execution_context& loop) : service(loop) {}
  /// The one of this executor's loop.
  static PassingTime& of(asio::any_io_executor const& executor);

  Moment now() const { return by_hand_ ? *by_hand_ : std::chrono::steady_clock::now(); }

  /// A pause of chance length, up to `longest`, so that those who lost the same thing together do not return
  /// together; just so long where time is moved by hand.
  std::chrono::milliseconds jittered(std::chrono::milliseconds longest) const;

  /// From now on time stands still but for `move`.
  void take_over() { by_hand_ = std::chrono::steady_clock::now(); }
  /// Lets this much time pass at once: ends the pauses that are over then, in their order.
  void move(Span by);

 private:
  using Due = std::tuple<Moment, std::uint64_t, asio::steady_timer*>;

  void shutdown() override { due_.clear(); }

  std::optional<Moment> by_hand_;
  std::set<Due> due_;
  std::uint64_t begun_ = 0;
};

class PassingTime::Pause {
 public:
  /// Sets the timer to end after `longest`.
  Pause(PassingTime& time, asio::steady_timer& timer, Span longest);
  ~Pause();
  Pause(Pause const&) = delete;
  Pause& operator=(Pause const&) = delete;

 private:
  PassingTime& time_;
  std::optional<Due> due_;
};

} // namespace vigie::engine
