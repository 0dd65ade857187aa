#include "domain/calls/repeats.hpp"

#include "domain/calls/evolve_calls.hpp"
#include "domain/decide.hpp"
#include "domain/finding.hpp"

#include <algorithm>
#include <tuple>

namespace vigie::domain {

using namespace protocol;

namespace {

/// Calls by when they rang; of two at the same moment, one is always taken as the later.
bool rang_before(Call const& left, Call const& right) {
  return std::tie(left.rang_at, left.id) < std::tie(right.rang_at, right.id);
}

bool is_missed(Call const& call) { return call.status == CallStatus::missed; }

Instant moment_of(Call const& call) {
  return std::max(
      {call.rang_at, call.answered_at.value_or(call.rang_at), call.ended_at.value_or(call.rang_at)});
}

CallSettled rang_again(Call const& missed, Call const& later) {
  return {missed.id, std::max(moment_of(missed), moment_of(later)), CallSettlement::rang_again};
}

/// The other calls of the same caller.
std::vector<Call const*> others_of(State const& state, Call const& call) {
  std::vector<Call const*> others;
  for (auto const& [id, held] : state.calls)
    if (id != call.id && held.entity.caller == call.caller) others.push_back(&held.entity);
  return others;
}

} // namespace

std::optional<Call> call_after(State const& state, CallId const& id, std::vector<Event> const& events) {
  State only;
  if (auto const found = state.calls.find(id); found != state.calls.end()) only.calls.insert(*found);
  for (auto const& event : events) evolve(only, event, state.version);
  auto const* call = find(only.calls, id);
  return call ? std::optional(*call) : std::nullopt;
}

std::vector<Event> settle_repeats(State const& state, CallId const& id, std::vector<Event> const& events) {
  auto const call = call_after(state, id, events);
  if (events.empty() || !call || !call->caller || call->status == CallStatus::ringing) return {};
  std::vector<Event> settled;
  Call const* later = nullptr;
  for (Call const* other : others_of(state, *call)) {
    if (is_missed(*other) && rang_before(*other, *call)) settled.push_back(rang_again(*other, *call));
    if (other->status != CallStatus::ringing && rang_before(*call, *other)) later = other;
  }
  if (later && is_missed(*call)) settled.push_back(rang_again(*call, *later));
  return settled;
}

} // namespace vigie::domain
