#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace vigie::redis {

/// How long to wait before the next attempt: a random time between nothing and a bound that doubles with each
/// failure, so that many processes that lost the same Redis do not return together.
class Backoff {
 public:
  struct Bounds {
    std::chrono::milliseconds first{100};
    std::chrono::milliseconds most{5000};
  };

  Backoff(Bounds bounds, std::uint32_t seed);

  /// The next wait, 0 ms up to the present bound, both included.
  std::chrono::milliseconds next();
  /// The next wait is short again.
  void reset();

 private:
  Bounds bounds_;
  std::chrono::milliseconds bound_;
  std::minstd_rand random_;
};

} // namespace vigie::redis
