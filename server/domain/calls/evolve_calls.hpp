#pragma once

#include "domain/state.hpp"

/// How the state takes in what became of a call.
namespace vigie::domain {

void fold(State& state, protocol::CallRang const& event, protocol::Version version);
void fold(State& state, protocol::CallAnswered const& event, protocol::Version version);
void fold(State& state, protocol::CallHeld const& event, protocol::Version version);
void fold(State& state, protocol::CallResumed const& event, protocol::Version version);
void fold(State& state, protocol::CallTaken const& event, protocol::Version version);
void fold(State& state, protocol::CallEnded const& event, protocol::Version version);
void fold(State& state, protocol::CallSettled const& event, protocol::Version version);
void fold(State& state, protocol::CallJoined const& event, protocol::Version version);

} // namespace vigie::domain
