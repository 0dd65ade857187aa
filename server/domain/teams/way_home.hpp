#pragma once

#include "protocol/entities.hpp"

#include <algorithm>

/// Inner part of the room.
namespace vigie::domain {

/// When a team that forgot to sign off goes home: long after the hours of the night, and after what it did
/// last. A pair that comes so long before the next hours is there for them.
inline protocol::Instant goes_home_at(protocol::Night const& night, protocol::Team const& team) {
  constexpr std::chrono::hours time_to_go_home{2};
  return std::max(night.closes_at, team.since) + time_to_go_home;
}

} // namespace vigie::domain
