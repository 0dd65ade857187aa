#include "domain/assignments/progress.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

AssignmentStatus status_at(Milestone milestone) {
  switch (milestone) {
  case Milestone::en_route: return AssignmentStatus::en_route;
  case Milestone::on_site: return AssignmentStatus::on_site;
  case Milestone::contact_made: return AssignmentStatus::contact_made;
  }
  return AssignmentStatus::contact_made;
}

} // namespace

Instant last_milestone(Assignment const& assignment) {
  Instant last = assignment.offered_at;
  for (auto const& milestone : {assignment.accepted_at, assignment.en_route_at, assignment.on_site_at,
                                assignment.contact_made_at, assignment.ended_at})
    last = std::max(last, milestone.value_or(last));
  return last;
}

Instant last_milestone(State const& state, Request const& request) {
  Instant last = request.waiting_since;
  for (auto const& [id, held] : state.assignments)
    if (held.entity.request == request.id) last = std::max(last, last_milestone(held.entity));
  return last;
}

bool has_reached(Assignment const& assignment, Milestone milestone) {
  return assignment.status >= status_at(milestone);
}

} // namespace vigie::domain
