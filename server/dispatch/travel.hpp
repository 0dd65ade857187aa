#pragma once

#include "protocol/entities.hpp"

/// How long a team needs from one point to another, by a rule of thumb.
namespace vigie::dispatch {

/// A way along streets.
struct Travel {
  protocol::Metres distance;
  protocol::Duration time;
};

/// The way by this transport: the straight line, longer by the service's detour factor, at its usual speed. A
/// team with a car walks where that is quicker than fetching it.
Travel travel_between(protocol::Point const& from, protocol::Point const& to, protocol::Transport transport,
                      protocol::TravelRules const& rules);

} // namespace vigie::dispatch
