#include "domain/assignments/evolve_assignments.hpp"

#include "domain/finding.hpp"
#include "domain/folding.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

void free_team(State& state, TeamId const& id, Instant at, Version version) {
  change(state.teams, id, version, [&](Team& team) {
    team.assignment.reset();
    team.since = at;
  });
}

bool was_there(Assignment const& assignment) { return assignment.on_site_at || assignment.contact_made_at; }

/// The request waits again once nobody is on it; a cleared one is closed by an event of its own. Whoever
/// called has waited all the while, unless somebody came.
void leave_request(State& state, Assignment const& assignment, Instant at, Version version) {
  change(state.requests, assignment.request, version, [&](Request& request) {
    std::erase(request.assignments, assignment.id);
    if (was_there(assignment)) request.waiting_since = std::max(request.waiting_since, at);
    if (request.assignments.empty()) request.status = RequestStatus::waiting;
  });
}

/// Ends an assignment in whichever way: its team is free and its request let go at the same moment.
void end(State& state, AssignmentId const& id, AssignmentStatus status, Instant at, Version version) {
  change(state.assignments, id, version, [&](Assignment& assignment) {
    assignment.status = status;
    assignment.ended_at = at;
    free_team(state, assignment.team, at, version);
    leave_request(state, assignment, at, version);
  });
}

} // namespace

void fold(State& state, AssignmentOffered const& event, Version version) {
  Assignment assignment;
  assignment.id = event.assignment;
  assignment.request = event.request;
  assignment.team = event.team;
  assignment.status = AssignmentStatus::offered;
  assignment.reinforcement = event.reinforcement;
  assignment.offered_by = event.by;
  assignment.offered_at = event.at;
  assignment.answer_by = event.answer_by;
  put(state.assignments, std::move(assignment), version);
  change(state.teams, event.team, version, [&](Team& team) {
    team.assignment = event.assignment;
    team.since = event.at;
  });
  change(state.requests, event.request, version, [&](Request& request) {
    request.status = RequestStatus::assigned;
    request.assignments.push_back(event.assignment);
  });
}

void fold(State& state, AssignmentAccepted const& event, Version version) {
  change(state.assignments, event.assignment, version, [&](Assignment& assignment) {
    assignment.status = AssignmentStatus::accepted;
    assignment.accepted_at = event.at;
  });
}

void fold(State& state, AssignmentRefused const& event, Version version) {
  end(state, event.assignment, AssignmentStatus::refused, event.at, version);
  change(state.assignments, event.assignment, version,
         [&](Assignment& assignment) { assignment.refusal = event.reason; });
}

void fold(State& state, OfferExpired const& event, Version version) {
  end(state, event.assignment, AssignmentStatus::expired, event.at, version);
}

void fold(State& state, ProgressReported const& event, Version version) {
  change(state.assignments, event.assignment, version, [&](Assignment& assignment) {
    switch (event.milestone) {
    case Milestone::en_route:
      assignment.status = AssignmentStatus::en_route;
      assignment.en_route_at = event.at;
      return;
    case Milestone::on_site:
      assignment.status = AssignmentStatus::on_site;
      assignment.on_site_at = event.at;
      return;
    case Milestone::contact_made:
      assignment.status = AssignmentStatus::contact_made;
      assignment.contact_made_at = event.at;
      return;
    }
  });
}

void fold(State& state, AssignmentCleared const& event, Version version) {
  end(state, event.assignment, AssignmentStatus::cleared, event.at, version);
  change(state.assignments, event.assignment, version, [&](Assignment& assignment) {
    assignment.disposition = event.disposition;
    assignment.people = event.people;
  });
}

void fold(State& state, AssignmentWithdrawn const& event, Version version) {
  end(state, event.assignment, AssignmentStatus::withdrawn, event.at, version);
  change(state.assignments, event.assignment, version,
         [&](Assignment& assignment) { assignment.withdrawal = event.reason; });
}

} // namespace vigie::domain
