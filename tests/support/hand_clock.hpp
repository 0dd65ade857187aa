#pragma once

#include "engine/ports.hpp"

namespace vigie::testing {

/// A clock that stands still until a story moves it; it starts on a Saturday.
class HandClock final : public engine::Clock {
 public:
  protocol::Instant now() const override { return now_; }
  void move(std::chrono::milliseconds by) { now_ += by; }

 private:
  protocol::Instant now_ = protocol::Instant{std::chrono::milliseconds{1'795'296'000'000}};
};

} // namespace vigie::testing
