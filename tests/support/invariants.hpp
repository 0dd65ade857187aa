#pragma once

#include "domain/state.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

/// What can never happen (design.md), as far as a state shows it. Each check answers with sentences on what
/// is broken; a sound state gives none.
namespace vigie::tests {

using Broken = std::vector<std::string>;

namespace invariants {

using namespace protocol;

inline bool is_live(Assignment const& assignment) { return assignment.status < AssignmentStatus::cleared; }

template <class Id, class Entity> Entity const* find(domain::Shelf<Id, Entity> const& shelf, Id const& id) {
  auto const found = shelf.find(id);
  return found == shelf.end() ? nullptr : &found->second.entity;
}

template <class Value> bool has(std::vector<Value> const& values, Value const& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

using Times = std::initializer_list<std::optional<Instant>>;

inline bool in_order(Times times) {
  std::optional<Instant> last;
  for (auto const& time : times) {
    if (time && last && *time < *last) return false;
    if (time) last = time;
  }
  return true;
}

inline bool times_in_order(Assignment const& one) {
  return in_order(
      {one.offered_at, one.accepted_at, one.en_route_at, one.on_site_at, one.contact_made_at, one.ended_at});
}

inline bool times_in_order(Request const& request) {
  return in_order({request.opened_at, request.waiting_since, request.closed_at});
}

inline bool times_in_order(Call const& call) {
  return in_order({call.rang_at, call.answered_at, call.held_at}) &&
         in_order({call.rang_at, call.answered_at, call.ended_at});
}

inline void check_live(domain::State const& state, Assignment const& assignment, Broken& broken) {
  auto const* team = find(state.teams, assignment.team);
  auto const* request = find(state.requests, assignment.request);
  std::string const& id = assignment.id.value;
  if (!team) broken.push_back("live assignment " + id + " has no team");
  if (!request) broken.push_back("live assignment " + id + " has no request");
  if (team && team->assignment != assignment.id) broken.push_back("team does not know its assignment " + id);
  if (request && !has(request->assignments, assignment.id))
    broken.push_back("request does not know its assignment " + id);
  if (assignment.ended_at) broken.push_back("live assignment " + id + " has ended");
}

inline bool status_fits(Request const& request) {
  switch (request.status) {
  case RequestStatus::waiting: return request.assignments.empty() && !request.closed_at;
  case RequestStatus::assigned: return !request.assignments.empty() && !request.closed_at;
  case RequestStatus::closed: return request.assignments.empty() && request.closed_at && request.disposition;
  }
  return false;
}

inline bool status_fits(Call const& call) {
  bool const answered = call.answered_at.has_value();
  bool const ended = call.ended_at.has_value();
  switch (call.status) {
  case CallStatus::ringing: return !answered && !ended && !call.settlement;
  case CallStatus::answered: return answered && !ended;
  case CallStatus::held: return answered && !ended && call.held_at;
  case CallStatus::missed: return !answered && ended && !call.settlement;
  case CallStatus::settled: return ended && call.settlement;
  case CallStatus::ended: return answered && ended;
  }
  return false;
}

} // namespace invariants

/// A live assignment has its team and its request, and they have it; no team has two; times run forward.
inline Broken broken_assignments(domain::State const& state) {
  Broken broken;
  std::set<protocol::TeamId> busy;
  for (auto const& [id, held] : state.assignments) {
    protocol::Assignment const& assignment = held.entity;
    if (!invariants::times_in_order(assignment))
      broken.push_back("times of assignment " + id.value + " run backwards");
    if (!invariants::is_live(assignment)) {
      if (!assignment.ended_at) broken.push_back("ended assignment " + id.value + " has no end");
      continue;
    }
    invariants::check_live(state, assignment, broken);
    if (!busy.insert(assignment.team).second)
      broken.push_back("team " + assignment.team.value + " has two live assignments");
  }
  return broken;
}

/// A closed request has nobody on it, an assigned one somebody, a waiting one nobody; times run forward; no
/// two of one night, and no two that are worked on, have the same number.
inline Broken broken_requests(domain::State const& state) {
  Broken broken;
  std::set<std::pair<protocol::NightDate, int>> numbers;
  std::set<int> open_numbers;
  for (auto const& [id, held] : state.requests) {
    if (!invariants::status_fits(held.entity))
      broken.push_back("status of request " + id.value + " does not fit");
    if (!invariants::times_in_order(held.entity))
      broken.push_back("times of request " + id.value + " run backwards");
    bool const open = held.entity.status != protocol::RequestStatus::closed;
    if (!numbers.emplace(held.entity.night, held.entity.number).second ||
        (open && !open_numbers.insert(held.entity.number).second))
      broken.push_back("request " + id.value + " has the number of another one");
    for (auto const& assignment_id : held.entity.assignments) {
      auto const* assignment = invariants::find(state.assignments, assignment_id);
      if (!assignment || !invariants::is_live(*assignment) || assignment->request != id)
        broken.push_back("request " + id.value + " has a team that is not on it");
    }
  }
  return broken;
}

/// A team is busy only with a live assignment, and only when available; no mediator is in two teams on duty.
inline Broken broken_teams(domain::State const& state) {
  Broken broken;
  std::set<protocol::MemberId> on_duty;
  for (auto const& [id, held] : state.teams) {
    protocol::Team const& team = held.entity;
    auto const* assignment =
        team.assignment ? invariants::find(state.assignments, *team.assignment) : nullptr;
    if (team.assignment && (!assignment || !invariants::is_live(*assignment) || assignment->team != id))
      broken.push_back("team " + id.value + " stays busy without a live assignment");
    if (team.assignment && team.duty != protocol::Duty::available)
      broken.push_back("team " + id.value + " has an assignment without being available");
    if (team.duty == protocol::Duty::off) continue;
    for (auto const& member : team.members)
      if (!on_duty.insert(member).second)
        broken.push_back("mediator " + member.value + " is on duty in two teams");
  }
  return broken;
}

/// A call that rang is answered, in the queue, on the missed list or worked off, and its times say the same,
/// and run forward; the missed list has one line a caller.
inline Broken broken_calls(domain::State const& state) {
  Broken broken;
  std::set<protocol::CallerKey> missed;
  for (auto const& [id, held] : state.calls) {
    protocol::Call const& call = held.entity;
    if (!invariants::status_fits(call))
      broken.push_back("status of call " + id.value + " does not fit its times");
    if (!invariants::times_in_order(call)) broken.push_back("times of call " + id.value + " run backwards");
    if (call.status == protocol::CallStatus::missed && call.caller && !missed.insert(*call.caller).second)
      broken.push_back("caller of " + id.value + " is on the missed list twice");
  }
  return broken;
}

/// Without an open night no request is open and no team on duty. (Calls may ring at any hour.)
inline Broken broken_night(domain::State const& state) {
  Broken broken;
  if (state.night_is_open()) return broken;
  for (auto const& [id, held] : state.requests)
    if (held.entity.status != protocol::RequestStatus::closed)
      broken.push_back("request " + id.value + " is open while no night is");
  for (auto const& [id, held] : state.teams)
    if (held.entity.duty != protocol::Duty::off)
      broken.push_back("team " + id.value + " is on duty while no night is");
  return broken;
}

/// All that is broken in this state; nothing in a sound one.
inline Broken broken(domain::State const& state) {
  Broken all;
  for (auto const check : {broken_assignments, broken_requests, broken_teams, broken_calls, broken_night}) {
    Broken const found = check(state);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

} // namespace vigie::tests
