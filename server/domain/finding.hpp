#pragma once

#include "domain/state.hpp"

/// Looking things up in the state.
namespace vigie::domain {

/// The entity with this id, or null.
template <class Id, class Entity> Entity const* find(Shelf<Id, Entity> const& shelf, Id const& id) {
  auto const found = shelf.find(id);
  return found == shelf.end() ? nullptr : &found->second.entity;
}

/// Whether a call, a request or an assignment has this id. They share the vault, where an id is all that
/// tells whose particulars are whose.
inline bool is_known(State const& state, std::string const& id) {
  return find(state.calls, protocol::CallId{id}) || find(state.requests, protocol::RequestId{id}) ||
         find(state.assignments, protocol::AssignmentId{id});
}

/// The same among a service's own lists (quarters, categories, teams, members).
template <class Id, class Entry> bool lists(std::vector<Entry> const& entries, Id const& id) {
  for (auto const& entry : entries)
    if (entry.id == id) return true;
  return false;
}

/// Whether somebody is with the caller.
inline bool is_with_somebody(protocol::Call const& call) {
  return call.status == protocol::CallStatus::answered || call.status == protocol::CallStatus::held;
}

/// Whether nothing is left to do about the call: it was answered and is over, or was missed and worked off.
inline bool is_over(protocol::Call const& call) {
  return call.status == protocol::CallStatus::ended || call.status == protocol::CallStatus::settled;
}

/// Whether the team is still bound by it: from offered to contact made.
inline bool is_live(protocol::Assignment const& assignment) {
  return assignment.status < protocol::AssignmentStatus::cleared;
}

} // namespace vigie::domain
