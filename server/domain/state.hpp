#pragma once

#include "protocol/journal.hpp"

#include <map>
#include <optional>
#include <unordered_map>

/// A service's state: what its journal says so far. Folded by evolve, questioned by decide, shown on the
/// screens.
namespace vigie::domain {

/// Each entity with the version that last changed it, so that a screen can be told what it missed.
template <class Entity> struct Held {
  Entity entity;
  protocol::Version changed{};
};

/// What is known of a command that was taken.
struct Taken {
  protocol::Version version{}; ///< of its commit
  protocol::Instant at;
  bool operator==(Taken const&) const = default;
};

template <class Id, class Entity> using Shelf = std::map<Id, Held<Entity>>;

struct State {
  protocol::Version version{};
  std::int32_t last_request_number{};
  std::optional<Held<protocol::Night>> night; ///< the open one, or the last
  Shelf<protocol::CallId, protocol::Call> calls;
  Shelf<protocol::RequestId, protocol::Request> requests;
  Shelf<protocol::TeamId, protocol::Team> teams; ///< those that signed on once; another is off duty
  Shelf<protocol::AssignmentId, protocol::Assignment> assignments;
  std::map<protocol::SubjectId, protocol::Version>
      confidences; ///< subjects in the vault, and when they changed
  /// With room for a night's commands: a table that grows moves all it holds, at once.
  std::unordered_map<protocol::CommandId, Taken> taken{4096};
  protocol::Version forgotten{}; ///< the last version at which old entities left the state

  bool night_is_open() const { return night && !night->entity.closed_at; }
};

/// The state as it is stored and compared. @{
protocol::Snapshot snapshot_of(State const& state);
State state_from(protocol::Snapshot snapshot);
/// @}

} // namespace vigie::domain
