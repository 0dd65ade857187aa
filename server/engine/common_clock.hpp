#pragma once

#include "engine/passing_time.hpp"
#include "engine/ports.hpp"

namespace vigie::engine {

/// The time of a service, the same in all its processes: this machine's, as long as it goes with that of the
/// journal, else the journal's. A wrong clock would let every offer expire and close nights, for everybody.
class CommonClock final : public Clock {
 public:
  /// `own` is the machine's; `time` passes also while that jumps; `service` stands in the log.
  CommonClock(std::shared_ptr<Clock> own, PassingTime const& time, std::string service);

  protocol::Instant now() const override;
  /// The earlier of what the two clocks show. What the clock does to others by itself, it does when both say
  /// that it is time.
  protocol::Instant surely() const;
  /// Notes the journal's time, which it told between `asked` and now. What took long says too little.
  void hear(protocol::Instant told, PassingTime::Moment asked);
  /// How far this machine is ahead of the journal; 0 as long as that told nothing.
  std::chrono::milliseconds ahead() const;

 private:
  struct Heard {
    protocol::Instant told;
    PassingTime::Moment at;
  };
  bool differs() const;
  void say_once(bool differs);

  std::shared_ptr<Clock> own_;
  PassingTime const& time_;
  std::string service_;
  std::optional<Heard> heard_;
  bool said_ = false; ///< that they differ
};

} // namespace vigie::engine
