#include "engine/common_clock.hpp"

#include "runtime/log.hpp"

#include <algorithm>

namespace vigie::engine {

using namespace std::chrono_literals;

namespace {

/// Clocks that are kept by NTP differ by far less. One that differed goes with the other again once it is
/// much nearer, so that time does not leap to and fro.
constexpr std::chrono::milliseconds may_differ_by = 2s;
constexpr std::chrono::milliseconds goes_again_within = 1s;
constexpr std::chrono::milliseconds soon_enough = 1s;

std::string in_words(std::chrono::milliseconds ahead) {
  auto const seconds = std::chrono::round<std::chrono::seconds>(std::chrono::abs(ahead)).count();
  return std::to_string(seconds) + (ahead > 0ms ? " s ahead of" : " s behind");
}

} // namespace

CommonClock::CommonClock(std::shared_ptr<Clock> own, PassingTime const& time, std::string service)
    : own_(std::move(own)), time_(time), service_(std::move(service)) {}

protocol::Instant CommonClock::now() const { return own_->now() - (differs() ? ahead() : 0ms); }

protocol::Instant CommonClock::surely() const { return std::min(own_->now(), now()); }

void CommonClock::hear(protocol::Instant told, PassingTime::Moment asked) {
  if (time_.now() - asked <= soon_enough) heard_ = Heard{told, time_.now()};
  say_once(differs());
}

std::chrono::milliseconds CommonClock::ahead() const {
  if (!heard_) return 0ms;
  auto const passed = std::chrono::floor<std::chrono::milliseconds>(time_.now() - heard_->at);
  return own_->now() - (heard_->told + passed);
}

bool CommonClock::differs() const {
  return std::chrono::abs(ahead()) > (said_ ? goes_again_within : may_differ_by);
}

void CommonClock::say_once(bool differs) {
  if (std::exchange(said_, differs) == differs) return;
  if (differs)
    log::error("engine", "this machine's clock is " + in_words(ahead()) + " that of " + service_ +
                             "'s journal, whose time counts: set both by NTP");
  else
    log::info("engine", "this machine's clock goes with that of " + service_ + "'s journal again");
}

} // namespace vigie::engine
