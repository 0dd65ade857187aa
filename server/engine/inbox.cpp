#include "engine/inbox.hpp"

namespace vigie::engine {

asio::awaitable<Answer> Waiting::wait(std::chrono::milliseconds longest) {
  if (!answer_) co_await answered_.wait_for(longest);
  if (answer_) co_return *answer_;
  given_up_ = true;
  co_return Failure<domain::Refusal>{{protocol::Rejection::journal_unavailable, {}}};
}

Group Inbox::take(std::size_t most) {
  Group group;
  while (!waiting_.empty() && group.size() < most) {
    if (!waiting_.front()->given_up()) group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return group;
}

void RememberedRefusals::remember(protocol::CommandId const& id, domain::Refusal refusal) {
  if (!refusals_.emplace(id, std::move(refusal)).second) return;
  order_.push_back(id);
  if (order_.size() <= most) return;
  refusals_.erase(order_.front());
  order_.pop_front();
}

std::optional<domain::Refusal> RememberedRefusals::find(protocol::CommandId const& id) const {
  auto const found = refusals_.find(id);
  if (found == refusals_.end()) return std::nullopt;
  return found->second;
}

} // namespace vigie::engine
