#include "engine/inbox.hpp"

#include "runtime/log.hpp"

#include <algorithm>

namespace vigie::engine {

void Waiting::answer(Answer answer) noexcept {
  auto const tell = std::exchange(answered_, nullptr);
  if (!tell) return;
  try {
    tell(std::move(answer));
  } catch (std::exception const& error) {
    log::error("engine", std::string{"an answer could not be told: "} + error.what());
  }
}

void Waiting::give_up() noexcept {
  answer(Failure<domain::Refusal>{{protocol::Rejection::journal_unavailable, {}}});
}

Group Inbox::take(std::size_t most) {
  Group group;
  while (!waiting_.empty() && group.size() < most) {
    if (!waiting_.front().answered()) group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return group;
}

void Inbox::put_back(Group group) {
  waiting_.insert(waiting_.begin(), std::move_iterator{group.begin()}, std::move_iterator{group.end()});
  std::ranges::stable_partition(waiting_, &Waiting::is_owed);
}

void RememberedRefusals::remember(Refusals refusals) {
  for (auto& [command, refusal] : refusals)
    if (refusals_.emplace(command, std::move(refusal)).second) order_.push_back(command);
  for (; order_.size() > most; order_.pop_front()) refusals_.erase(order_.front());
}

std::optional<domain::Refusal> RememberedRefusals::find(protocol::CommandId const& id) const {
  auto const found = refusals_.find(id);
  if (found == refusals_.end()) return std::nullopt;
  return found->second;
}

} // namespace vigie::engine
