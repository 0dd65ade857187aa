#pragma once

#include "domain/state.hpp"

/// How the state takes in what became of a request.
namespace vigie::domain {

void fold(State& state, protocol::RequestOpened const& event, protocol::Version version);
void fold(State& state, protocol::RequestAmended const& event, protocol::Version version);
void fold(State& state, protocol::RequestClosed const& event, protocol::Version version);
void fold(State& state, protocol::RequestReopened const& event, protocol::Version version);

} // namespace vigie::domain
