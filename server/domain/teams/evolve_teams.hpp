#pragma once

#include "domain/state.hpp"

/// How the state takes in who is on duty.
namespace vigie::domain {

void fold(State& state, protocol::TeamSignedOn const& event, protocol::Version version);
void fold(State& state, protocol::TeamSignedOff const& event, protocol::Version version);
void fold(State& state, protocol::BreakStarted const& event, protocol::Version version);
void fold(State& state, protocol::BreakEnded const& event, protocol::Version version);

} // namespace vigie::domain
