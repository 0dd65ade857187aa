#pragma once

#include "domain/state.hpp"

/// How far an assignment has got.
namespace vigie::domain {

/// When the latest thing that is known of this assignment happened.
protocol::Instant last_milestone(protocol::Assignment const& assignment);

/// When the latest thing that is known of this request happened, or of whoever was sent there.
protocol::Instant last_milestone(State const& state, protocol::Request const& request);

/// Whether the team has reached this milestone or a later one.
bool has_reached(protocol::Assignment const& assignment, protocol::Milestone milestone);

} // namespace vigie::domain
