#include "domain/calls/decide_calls.hpp"

#include "domain/calls/repeats.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

/// No call rings for longer …
constexpr std::chrono::minutes longest_ringing{10};
/// … and nobody talks for longer.
constexpr std::chrono::hours longest_talk{2};
/// As far as a desk's clock may be from that of the telephone system, or of another desk.
constexpr std::chrono::seconds desks_apart{5};

/// Whether the call still rang for the actor, who says so late, and somebody else has answered it since.
bool is_overtaken(Context const& context, Call const& call) {
  return call.taken_by && call.taken_by != context.intent.actor.account && call.answered_at &&
         was_made_before(context.intent, *call.answered_at, desks_apart);
}

/// What has become of a call gives work elsewhere: earlier missed calls of this caller need no calling back.
Decision with_repeats_settled(Context const& context, CallId const& id, Decision decision) {
  auto settled = settle_repeats(context.state, id, decision.events);
  decision.events.insert(decision.events.end(), settled.begin(), settled.end());
  return decision;
}

} // namespace

Outcome decide_on(Context const& context, RecordCall const& command) {
  if (is_known(context.state, command.call.value)) return refuse(Rejection::call_already_known);
  Instant const at = field_time(context, {});
  Decision decision = happened({CallRang{command.call, at, context.intent.caller, std::nullopt},
                                CallAnswered{command.call, at, context.intent.actor.account},
                                CallEnded{command.call, at, {}}});
  keep(context, decision, command.call.value, command.particulars);
  return with_repeats_settled(context, command.call, std::move(decision));
}

Outcome decide_on(Context const& context, TakeCall const& command) {
  auto const* call = find(context.state.calls, command.call);
  if (!call) return refuse(Rejection::call_unknown, "call");
  AccountId const& taker = context.intent.actor.account;
  if (call->status == CallStatus::ringing) {
    Instant const at = field_time(context, call->rang_at);
    return with_repeats_settled(context, call->id, happened({CallAnswered{call->id, at, taker}}));
  }
  if (!is_with_somebody(*call)) return refuse(Rejection::call_over);
  if (call->status == CallStatus::answered && call->taken_by == taker) return Decision{};
  if (is_overtaken(context, *call)) return refuse(Rejection::overtaken);
  Instant const last =
      std::max(call->answered_at.value_or(call->rang_at), call->held_at.value_or(call->rang_at));
  return happened({CallTaken{call->id, field_time(context, last), taker}});
}

Outcome decide_on(Context const& context, SettleCall const& command) {
  auto const* call = find(context.state.calls, command.call);
  if (!call) return refuse(Rejection::call_unknown, "call");
  if (call->status != CallStatus::missed) return refuse(Rejection::call_not_missed);
  Instant const at = field_time(context, call->ended_at.value_or(call->rang_at));
  return happened({CallSettled{call->id, at, command.settlement}});
}

/// One that nobody took is missed then, and waits to be called back.
Outcome decide_on(Context const& context, EndLostCall const& command) {
  auto const* call = find(context.state.calls, command.call);
  if (!call) return refuse(Rejection::call_unknown, "call");
  auto const lost = lost_at(*call);
  if (!lost || context.intent.at < *lost) return refuse(Rejection::call_not_lost);
  return with_repeats_settled(context, call->id,
                              happened({CallEnded{call->id, context.intent.at, CallEnd::failed}}));
}

std::optional<Instant> lost_at(Call const& call) {
  if (call.status == CallStatus::ringing) return call.rang_at + longest_ringing;
  if (is_with_somebody(call)) return call.answered_at.value_or(call.rang_at) + longest_talk;
  return std::nullopt;
}

Outcome decide_on(Context const& context, JoinCall const& command) {
  auto const* call = find(context.state.calls, command.call);
  if (!call) return refuse(Rejection::call_unknown, "call");
  if (!find(context.state.requests, command.request)) return refuse(Rejection::request_unknown, "request");
  if (std::find(call->requests.begin(), call->requests.end(), command.request) != call->requests.end())
    return refuse(Rejection::call_already_joined);
  return happened({CallJoined{command.call, command.request}});
}

} // namespace vigie::domain
