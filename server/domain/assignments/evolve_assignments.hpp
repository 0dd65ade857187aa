#pragma once

#include "domain/state.hpp"

/// How the state takes in what became of an assignment, and with it of its team and request.
namespace vigie::domain {

void fold(State& state, protocol::AssignmentOffered const& event, protocol::Version version);
void fold(State& state, protocol::AssignmentAccepted const& event, protocol::Version version);
void fold(State& state, protocol::AssignmentRefused const& event, protocol::Version version);
void fold(State& state, protocol::OfferExpired const& event, protocol::Version version);
void fold(State& state, protocol::ProgressReported const& event, protocol::Version version);
void fold(State& state, protocol::AssignmentCleared const& event, protocol::Version version);
void fold(State& state, protocol::AssignmentWithdrawn const& event, protocol::Version version);

} // namespace vigie::domain
