#pragma once

#include "domain/state.hpp"
#include "protocol/frames.hpp"

#include <map>

/// Whom to send: pure.
namespace vigie::dispatch {

using Positions = std::map<protocol::TeamId, protocol::Position>;

/// Free teams for a request, best first: by estimated time to get there, then by who knows the place, then by
/// who has been free longest. A team without a position comes last; after it those who refused this request
/// or let its offer expire.
std::vector<protocol::Recommendation> recommend(domain::State const& state, protocol::Service const& service,
                                                protocol::Request const& request, Positions const& positions,
                                                protocol::Instant now);

/// Metres between two points along the great circle.
double distance_between(protocol::Point const& from, protocol::Point const& to);

} // namespace vigie::dispatch
