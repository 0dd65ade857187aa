#include "engine/jitter.hpp"

#include <algorithm>
#include <random>

namespace vigie::engine {

std::chrono::milliseconds jittered(std::chrono::milliseconds longest) {
  thread_local std::minstd_rand chance{std::random_device{}()};
  auto const most = std::max<std::int64_t>(longest.count(), 1);
  return std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>{1, most}(chance)};
}

} // namespace vigie::engine
