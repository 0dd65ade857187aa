#include "engine/pressure.hpp"

#include <algorithm>

namespace vigie::engine {

void StandingLateness::note(std::chrono::milliseconds late) {
  last_[next_] = late;
  next_ = (next_ + 1) % last_.size();
  standing_ = std::max(*std::ranges::min_element(last_), standing_ * 15 / 16);
}

asio::awaitable<void> Pressure::watch() {
  constexpr std::chrono::milliseconds between{25};
  while (!stopping_) {
    auto const due = std::chrono::steady_clock::now() + between;
    co_await turn_.wait_for(between);
    lateness_.note(std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - due));
  }
}

void Pressure::stop() {
  stopping_ = true;
  turn_.raise();
}

} // namespace vigie::engine
