#include "domain/calls/evolve_calls.hpp"

#include "domain/finding.hpp"
#include "domain/folding.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

/// The status that follows from the call's telephone life; what was worked off stays so.
CallStatus status_after_end(Call const& call) {
  if (call.status == CallStatus::settled) return CallStatus::settled;
  return call.answered_at ? CallStatus::ended : CallStatus::missed;
}

/// The caller hung up before anybody spoke, though somebody may have said at the desk that they would.
void forget_answer(Call& call) {
  call.taken_by.reset();
  call.answered_at.reset();
  call.held_at.reset();
}

bool was_held_for_lost(Call const& call, Instant now) {
  return call.status == CallStatus::missed && call.end == CallEnd::failed && call.ended_at &&
         *call.ended_at < now;
}

void start(State& state, CallRang const& event, Version version) {
  Call call;
  call.id = event.call;
  call.status = CallStatus::ringing;
  call.rang_at = event.at;
  call.caller = event.caller;
  call.line = event.line;
  put(state.calls, std::move(call), version);
}

} // namespace

// A call that is known already learns from a late ring when it began, who called and on which line.
void fold(State& state, CallRang const& event, Version version) {
  if (!find(state.calls, event.call)) return start(state, event, version);
  change(state.calls, event.call, version, [&](Call& call) {
    call.rang_at = std::min(call.rang_at, event.at);
    if (!call.caller) call.caller = event.caller;
    if (!call.line) call.line = event.line;
  });
}

// Also for a call that is over: that it had been answered may come to be known late. One that was held for
// lost, and is answered after that, was not.
void fold(State& state, CallAnswered const& event, Version version) {
  change(state.calls, event.call, version, [&](Call& call) {
    if (was_held_for_lost(call, event.at)) {
      call.status = CallStatus::ringing;
      call.ended_at.reset();
      call.end.reset();
    }
    call.answered_at = std::min(call.answered_at.value_or(event.at), event.at);
    if (!call.taken_by) call.taken_by = event.by;
    if (call.status == CallStatus::ringing) call.status = CallStatus::answered;
    if (call.status == CallStatus::missed) call.status = CallStatus::ended;
  });
}

void fold(State& state, CallHeld const& event, Version version) {
  change(state.calls, event.call, version, [&](Call& call) {
    call.status = CallStatus::held;
    call.held_at = event.at;
  });
}

// `held_at` moves on, so that what is told late of the time before is known as old.
void fold(State& state, CallResumed const& event, Version version) {
  change(state.calls, event.call, version, [&](Call& call) {
    call.status = CallStatus::answered;
    call.held_at = event.at;
  });
}

void fold(State& state, CallTaken const& event, Version version) {
  change(state.calls, event.call, version, [&](Call& call) {
    call.taken_by = event.by;
    if (event.at < call.held_at.value_or(event.at)) return;
    if (call.status == CallStatus::held) call.status = CallStatus::answered;
    call.held_at = event.at;
  });
}

void fold(State& state, CallEnded const& event, Version version) {
  change(state.calls, event.call, version, [&](Call& call) {
    call.ended_at = event.at;
    call.end = event.reason;
    if (event.reason == CallEnd::abandoned) forget_answer(call);
    call.status = status_after_end(call);
  });
}

void fold(State& state, CallSettled const& event, Version version) {
  change(state.calls, event.call, version, [&](Call& call) {
    call.status = CallStatus::settled;
    call.settlement = event.settlement;
    if (!call.ended_at) call.ended_at = event.at;
  });
}

void fold(State& state, CallJoined const& event, Version version) {
  change(state.calls, event.call, version, [&](Call& call) { call.requests.push_back(event.request); });
  change(state.requests, event.request, version,
         [&](Request& request) { request.calls.push_back(event.call); });
}

} // namespace vigie::domain
