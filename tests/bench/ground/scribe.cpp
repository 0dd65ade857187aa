#include "bench/ground/scribe.hpp"

#include "protocol/codec/codec.hpp"

#include <stdexcept>

namespace vigie::bench::ground {

using namespace protocol;

void Scribe::say(Role role, Instant at, Command command) {
  take({{service_.id.value + ".desk-1"}, role, std::nullopt}, at, std::move(command));
}

void Scribe::say(TeamId const& team, Instant at, Command command) {
  take({{service_.id.value + "." + team.value}, Role::team, team}, at, std::move(command));
}

void Scribe::take(Actor actor, Instant at, Command command) {
  CommandId const id{"g-" + std::to_string(state_.version + 1)};
  domain::Intent const intent{id, actor, at, at, std::nullopt, std::move(command)};
  auto decision = domain::decide(state_, service_, intent);
  if (!decision)
    throw std::runtime_error(std::string{domain::name_of(intent.command)} + " was refused, reason " +
                             std::to_string(static_cast<int>(decision.error().reason)) + " at " +
                             decision.error().path);
  Commit commit{state_.version + 1, id, std::move(actor), at, std::move(decision->events)};
  domain::evolve(state_, commit);
  entries_.push_back({std::move(commit), std::move(decision->confidences)});
}

asio::awaitable<void> Scribe::write() {
  auto entries = std::exchange(entries_, {});
  auto const outcome = co_await journal_->append(std::move(entries));
  if (outcome != engine::Append::taken)
    throw std::runtime_error("the journal of " + service_.id.value + " did not take commits");
}

} // namespace vigie::bench::ground
