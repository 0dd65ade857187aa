#pragma once

#include "protocol/commands.hpp"

/// How far an assignment has got.
namespace vigie::domain {

/// When the latest thing that is known of this assignment happened.
protocol::Instant last_milestone(protocol::Assignment const& assignment);

/// Whether the team has reached this milestone or a later one.
bool has_reached(protocol::Assignment const& assignment, protocol::Milestone milestone);

} // namespace vigie::domain
