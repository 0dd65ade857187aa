#include "redis/backoff.hpp"

#include <algorithm>

namespace vigie::redis {

Backoff::Backoff(Bounds bounds, std::uint32_t seed) : bounds_(bounds), bound_(bounds.first), random_(seed) {}

std::chrono::milliseconds Backoff::next() {
  std::uniform_int_distribution<std::int64_t> wait(0, bound_.count());
  auto const chosen = std::chrono::milliseconds(wait(random_));
  bound_ = std::min(bound_ * 2, bounds_.most);
  return chosen;
}

void Backoff::reset() { bound_ = bounds_.first; }

} // namespace vigie::redis
