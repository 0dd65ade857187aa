#include "engine/passing_time.hpp"

#include <algorithm>
#include <random>

namespace vigie::engine {

PassingTime& PassingTime::of(asio::any_io_executor const& executor) {
  return asio::use_service<PassingTime>(asio::query(executor, asio::execution::context));
}

std::chrono::milliseconds PassingTime::jittered(std::chrono::milliseconds longest) const {
  if (by_hand_) return longest;
  thread_local std::minstd_rand chance{std::random_device{}()};
  auto const most = std::max<std::int64_t>(longest.count(), 1);
  return std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>{1, most}(chance)};
}

void PassingTime::move(Span by) {
  *by_hand_ += by;
  while (!due_.empty() && std::get<Moment>(*due_.begin()) <= *by_hand_) {
    auto* const timer = std::get<asio::steady_timer*>(*due_.begin());
    due_.erase(due_.begin());
    timer->cancel();
  }
}

PassingTime::Pause::Pause(PassingTime& time, asio::steady_timer& timer, Span longest) : time_(time) {
  if (!time.by_hand_) {
    timer.expires_after(longest);
    return;
  }
  timer.expires_at(Moment::max());
  due_ = Due{*time.by_hand_ + longest, ++time.begun_, &timer};
  time.due_.insert(*due_);
}

PassingTime::Pause::~Pause() {
  if (due_) time_.due_.erase(*due_);
}

} // namespace vigie::engine
