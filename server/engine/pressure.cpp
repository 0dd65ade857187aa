#include "engine/pressure.hpp"

#include <algorithm>

namespace vigie::engine {
namespace {

using namespace std::chrono_literals;

// Late by less is what a tick's pictures take, not want of processor.
constexpr auto usual = 10ms;
constexpr auto widest = 5000ms;

} // namespace

void StandingLateness::note(std::chrono::milliseconds late) {
  last_[next_] = late;
  next_ = (next_ + 1) % last_.size();
  standing_ = std::max(now(), standing_ * 15 / 16);
}

std::chrono::milliseconds StandingLateness::now() const { return *std::ranges::min_element(last_); }

void Spacing::note(std::chrono::milliseconds late) {
  auto const behind = late - usual;
  auto const change = behind > 0ms ? 2 * behind : behind / 2;
  spacing_ = std::clamp<std::chrono::milliseconds>(spacing_ + change, 0ms, widest);
}

asio::awaitable<void> Pressure::watch() {
  constexpr auto between = 25ms;
  while (!stopping_) {
    auto const due = std::chrono::steady_clock::now() + between;
    co_await turn_.wait_for(between);
    lateness_.note(std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - due));
    spacing_.note(lateness_.now());
  }
}

void Pressure::stop() {
  stopping_ = true;
  turn_.raise();
}

} // namespace vigie::engine
