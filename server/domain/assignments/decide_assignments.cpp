#include "domain/assignments/decide_assignments.hpp"

#include "domain/assignments/offering.hpp"
#include "domain/assignments/progress.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

/// The live assignment, or why the actor cannot act on it.
Result<Assignment const*, Refusal> live_assignment(Context const& context, AssignmentId const& id,
                                                   std::string path = "assignment") {
  auto const* assignment = find(context.state.assignments, id);
  if (!assignment) return refuse(Rejection::assignment_unknown, std::move(path));
  if (!acts_for(context, assignment->team)) return refuse(Rejection::not_allowed, std::move(path));
  if (!is_live(*assignment)) return refuse(Rejection::assignment_ended);
  return assignment;
}

Result<Assignment const*, Refusal> unanswered_offer(Context const& context, AssignmentId const& id) {
  auto const assignment = live_assignment(context, id);
  if (assignment && (*assignment)->status != AssignmentStatus::offered)
    return refuse(Rejection::assignment_not_offered);
  return assignment;
}

Result<Assignment const*, Refusal> accepted_assignment(Context const& context, AssignmentId const& id) {
  auto const assignment = live_assignment(context, id);
  if (assignment && (*assignment)->status == AssignmentStatus::offered)
    return refuse(Rejection::assignment_not_accepted);
  return assignment;
}

bool is_in_time(Context const& context, Assignment const& offer) {
  return context.intent.at < offer.answer_by + answer_grace || context.intent.made_at < offer.answer_by;
}

/// The others that are on the same request.
std::vector<Assignment const*> beside(State const& state, Assignment const& assignment) {
  std::vector<Assignment const*> others;
  for (auto const& id : find(state.requests, assignment.request)->assignments)
    if (id != assignment.id) others.push_back(find(state.assignments, id));
  return others;
}

/// The last team to leave closes the request, also where another one was asked to come and has not answered:
/// it need not come any more.
void close_after_the_last(Context const& context, Assignment const& leaving, Disposition disposition,
                          Instant left_at, std::vector<Event>& events) {
  auto const others = beside(context.state, leaving);
  auto const unanswered = [](auto const* other) { return other->status == AssignmentStatus::offered; };
  if (!std::ranges::all_of(others, unanswered)) return;
  auto const& request = *find(context.state.requests, leaving.request);
  auto const closed_at = std::max(left_at, last_milestone(context.state, request));
  for (auto const* offer : others)
    events.push_back(AssignmentWithdrawn{offer->id, closed_at, WithdrawalReason::no_longer_needed});
  events.push_back(RequestClosed{request.id, closed_at, disposition});
}

} // namespace

Outcome decide_on(Context const& context, OfferAssignment const& command) {
  Offer const offer{command.assignment, command.request, command.team, command.reinforcement};
  if (auto objection = objection_to(context, offer)) return Failure<Refusal>(*objection);
  return happened({offered(context, offer)});
}

Outcome decide_on(Context const& context, ReassignTeam const& command) {
  auto const from = live_assignment(context, command.from, "from");
  if (!from) return Failure<Refusal>(from.error());
  Offer const offer{command.assignment, command.request, (*from)->team, command.reinforcement, command.from};
  if (auto objection = objection_to(context, offer)) return Failure<Refusal>(*objection);
  AssignmentOffered const next = offered(context, offer);
  return happened({AssignmentWithdrawn{command.from, next.at, WithdrawalReason::reassigned}, next});
}

Outcome decide_on(Context const& context, WithdrawAssignment const& command) {
  auto const assignment = live_assignment(context, command.assignment);
  if (!assignment) return Failure<Refusal>(assignment.error());
  Instant const at = field_time(context, last_milestone(**assignment));
  return happened({AssignmentWithdrawn{command.assignment, at, command.reason}});
}

Outcome decide_on(Context const& context, AcceptAssignment const& command) {
  auto const offer = unanswered_offer(context, command.assignment);
  if (!offer) return Failure<Refusal>(offer.error());
  if (!is_in_time(context, **offer)) return refuse(Rejection::assignment_ended);
  return happened({AssignmentAccepted{command.assignment, field_time(context, (*offer)->offered_at)}});
}

Outcome decide_on(Context const& context, RefuseAssignment const& command) {
  auto const offer = unanswered_offer(context, command.assignment);
  if (!offer) return Failure<Refusal>(offer.error());
  Instant const at = field_time(context, (*offer)->offered_at);
  return happened({AssignmentRefused{command.assignment, at, command.reason}});
}

Outcome decide_on(Context const& context, ExpireOffer const& command) {
  auto const offer = unanswered_offer(context, command.assignment);
  if (!offer) return Failure<Refusal>(offer.error());
  if (context.intent.at < (*offer)->answer_by) return refuse(Rejection::assignment_not_due);
  Instant const at = std::max(context.intent.at, last_milestone(**offer));
  return happened({OfferExpired{command.assignment, at}});
}

Outcome decide_on(Context const& context, ReportProgress const& command) {
  auto const assignment = accepted_assignment(context, command.assignment);
  if (!assignment) return Failure<Refusal>(assignment.error());
  if (has_reached(**assignment, command.milestone)) return refuse(Rejection::milestone_passed);
  Instant const at = field_time(context, last_milestone(**assignment));
  return happened({ProgressReported{command.assignment, at, command.milestone}});
}

Outcome decide_on(Context const& context, ClearAssignment const& command) {
  auto const found = accepted_assignment(context, command.assignment);
  if (!found) return Failure<Refusal>(found.error());
  Assignment const& assignment = **found;
  Instant const at = field_time(context, last_milestone(assignment));
  Decision decision = happened({AssignmentCleared{assignment.id, at, command.disposition, command.people}});
  close_after_the_last(context, assignment, command.disposition, at, decision.events);
  Particulars report;
  report.report = command.report;
  keep(context, decision, assignment.id.value, std::move(report));
  return decision;
}

} // namespace vigie::domain
