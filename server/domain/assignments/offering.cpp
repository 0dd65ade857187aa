#include "domain/assignments/offering.hpp"

#include "domain/assignments/progress.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

Duration time_to_answer(AnswerTimes const& times, Priority priority) {
  switch (priority) {
  case Priority::urgent: return times.urgent;
  case Priority::normal: return times.normal;
  case Priority::can_wait: return times.can_wait;
  }
  return times.normal;
}

Objection objection_to_request(Context const& context, Offer const& offer) {
  auto const* request = find(context.state.requests, offer.request);
  if (!request) return object(Rejection::request_unknown, "request");
  if (request->status == RequestStatus::closed) return object(Rejection::request_closed, "request");
  return std::nullopt;
}

bool is_on_request(State const& state, Team const& team, RequestId const& request) {
  auto const* assignment = team.assignment ? find(state.assignments, *team.assignment) : nullptr;
  return assignment && assignment->request == request;
}

Objection objection_to_team(Context const& context, Offer const& offer) {
  if (!lists(context.service.teams, offer.team)) return object(Rejection::team_unknown, "team");
  auto const* team = find(context.state.teams, offer.team);
  if (!team || team->duty == Duty::off) return object(Rejection::team_off_duty, "team");
  if (team->duty == Duty::on_break) return object(Rejection::team_on_break, "team");
  if (is_on_request(context.state, *team, offer.request)) return object(Rejection::already_on_this_request);
  if (team->assignment != offer.in_place_of) return object(Rejection::team_has_assignment, "team");
  return std::nullopt;
}

bool is_covered(State const& state, RequestId const& id) {
  auto const* request = find(state.requests, id);
  return request && !request->assignments.empty();
}

/// When the team was last heard of, perhaps by another process's clock.
Instant last_of(State const& state, Team const& team) {
  auto const* assignment = team.assignment ? find(state.assignments, *team.assignment) : nullptr;
  return assignment ? std::max(team.since, last_milestone(*assignment)) : team.since;
}

} // namespace

Objection objection_to(Context const& context, Offer const& offer) {
  if (is_known(context.state, offer.assignment.value)) return object(Rejection::assignment_already_known);
  if (!context.state.night_is_open()) return object(Rejection::night_not_open);
  if (auto objection = objection_to_request(context, offer)) return objection;
  if (auto objection = objection_to_team(context, offer)) return objection;
  if (is_covered(context.state, offer.request) && !offer.reinforcement)
    return object(Rejection::request_already_covered);
  return std::nullopt;
}

AssignmentOffered offered(Context const& context, Offer const& offer) {
  Request const& request = *find(context.state.requests, offer.request);
  Team const& team = *find(context.state.teams, offer.team);
  Instant const at = std::max({context.intent.at, request.waiting_since, last_of(context.state, team)});
  return {.assignment = offer.assignment,
          .request = offer.request,
          .team = offer.team,
          .at = at,
          .answer_by = context.intent.at + time_to_answer(context.service.answer_times, request.priority),
          .by = context.intent.actor.account,
          .reinforcement = is_covered(context.state, offer.request)};
}

} // namespace vigie::domain
