#pragma once

#include "domain/state.hpp"

/// How the state takes in that a night opened or closed.
namespace vigie::domain {

void fold(State& state, protocol::NightOpened const& event, protocol::Version version);
void fold(State& state, protocol::NightClosed const& event, protocol::Version version);

} // namespace vigie::domain
