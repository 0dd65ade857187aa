#include "engine/pressure.hpp"

namespace vigie::engine {

asio::awaitable<void> Pressure::watch() {
  constexpr std::chrono::milliseconds between{100};
  while (!stopping_) {
    auto const due = std::chrono::steady_clock::now() + between;
    co_await turn_.wait_for(between);
    auto const late = std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - due);
    lateness_ = std::max(late, lateness_ * 3 / 4);
  }
}

void Pressure::stop() {
  stopping_ = true;
  turn_.raise();
}

} // namespace vigie::engine
