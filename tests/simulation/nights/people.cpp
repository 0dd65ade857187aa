#include "people.hpp"

#include <array>

namespace vigie::simulation {

using namespace protocol;
using enum Role;

namespace {

template <class Id, class Entity, class Wanted>
Id choose(Chance& chance, domain::Shelf<Id, Entity> const& shelf, Wanted wanted) {
  std::vector<Id> found;
  for (auto const& [id, held] : shelf)
    if (wanted(held.entity)) found.push_back(id);
  return found.empty() ? Id{"unheard-of"} : chance.pick(found);
}

bool live(Assignment const& assignment) { return assignment.status < AssignmentStatus::cleared; }
bool open(Request const& request) { return request.status != RequestStatus::closed; }
bool free(Team const& team) { return team.duty == Duty::available && !team.assignment; }
template <class Entity> bool any(Entity const&) { return true; }

Wish desk(Role role, Command command) { return {role, std::nullopt, std::move(command)}; }

std::optional<Wish> ends_call(Call const& call, Instant now) {
  if (call.status == CallStatus::missed)
    return desk(hotline_operator, SettleCall{call.id, CallSettlement::no_action});
  if (call.ended_at) return std::nullopt;
  ReportCall end{call.id, CallStage::ended, now, {}, {}, {}, CallEnd::caller_hung_up};
  return desk(telephony, std::move(end));
}

} // namespace

std::vector<std::string> People::secrets() {
  return {"+336555", "06 55 5", "Discrète", "escalier caché", "mots confiés", "compte rendu confié"};
}

Particulars People::particulars() {
  Particulars told;
  auto const suffix = std::to_string(chance_.below(5));
  if (chance_.one_in(2)) told.caller_name = Name{"Mme Discrète " + suffix};
  if (chance_.one_in(2)) told.number = Text<32>{"06 55 51 20 0" + suffix};
  if (chance_.one_in(2)) told.door = Name{"escalier caché " + suffix};
  if (chance_.one_in(2)) told.words = Words{"mots confiés " + suffix};
  return told;
}

TeamId People::any_team() { return chance_.pick(service_.teams).id; }
CallId People::any_call(Seen const& seen) { return choose(chance_, seen.calls, any<Call>); }
RequestId People::open_request(Seen const& seen) { return choose(chance_, seen.requests, open); }
RequestId People::any_request(Seen const& seen) { return choose(chance_, seen.requests, any<Request>); }
AssignmentId People::live_assignment(Seen const& seen) { return choose(chance_, seen.assignments, live); }

Wish People::opens_night(Now now) const {
  return desk(coordinator, OpenNight{now + std::chrono::hours(5), ExceptionalReason::training});
}

Wish People::something(Seen const& seen, Now now) {
  static constexpr std::array whims{
      &People::reports_call,  &People::reports_call,    &People::handles_call,       &People::opens_request,
      &People::opens_request, &People::changes_request, &People::changes_duty,       &People::dispatches,
      &People::dispatches,    &People::moves_teams,     &People::team_acts,          &People::team_acts,
      &People::team_acts,     &People::team_acts,       &People::at_the_wrong_moment};
  return (this->*chance_.pick(whims))(seen, now);
}

Wish People::reports_call(Seen const& seen, Now now) {
  using enum CallStage;
  static constexpr std::array stages{answered, answered, held, resumed, transferred, ended, ended, ringing};
  ReportCall report;
  bool const is_new = chance_.one_in(2);
  report.call = is_new ? fresh<CallId>("call-") : any_call(seen);
  report.stage = is_new && !chance_.one_in(6) ? ringing : chance_.pick(stages);
  report.at = now - chance_.up_to(std::chrono::seconds(90));
  report.from = Text<32>{"+3365551200" + std::to_string(chance_.below(8))};
  report.to = Text<32>{"+33299000000"};
  if (chance_.one_in(2)) report.operator_ = AccountId{"awa"};
  return desk(telephony, report);
}

Wish People::handles_call(Seen const& seen, Now) {
  auto const call = any_call(seen);
  switch (chance_.below(5)) {
  case 0: return desk(hotline_operator, RecordCall{fresh<CallId>("noted-"), particulars()});
  case 1: return desk(hotline_operator, SettleCall{call, CallSettlement::called_back});
  case 2: return desk(dispatcher, JoinCall{call, any_request(seen)});
  default: return desk(hotline_operator, TakeCall{call});
  }
}

Wish People::opens_request(Seen const& seen, Now) {
  OpenRequest request{};
  request.request = fresh<RequestId>("request-");
  request.source = Source::resident_phone;
  request.category = chance_.pick(service_.categories).id;
  request.priority = chance_.one_in(3) ? Priority::urgent : Priority::normal;
  request.quarter = chance_.pick(service_.quarters).id;
  if (chance_.one_in(2) && !seen.calls.empty()) request.call = any_call(seen);
  request.particulars = particulars();
  return desk(hotline_operator, request);
}

Wish People::changes_request(Seen const& seen, Now) {
  AmendRequest amendment{};
  switch (chance_.below(4)) {
  case 0: return desk(dispatcher, CloseRequest{any_request(seen), Disposition::advised_by_phone});
  case 1: return desk(dispatcher, ReopenRequest{any_request(seen)});
  default:
    amendment.request = any_request(seen);
    amendment.priority = Priority::can_wait;
    amendment.particulars = particulars();
    return desk(hotline_operator, amendment);
  }
}

Command People::duty_of(Seen const& seen, TeamId const& team) {
  auto const held = seen.teams.find(team);
  bool const is_off = held == seen.teams.end() || held->second.entity.duty == Duty::off;
  bool const on_break = !is_off && held->second.entity.duty == Duty::on_break;
  if (is_off || chance_.one_in(10))
    return SignOn{
        team, {chance_.pick(service_.members).id, chance_.pick(service_.members).id}, Transport::on_foot};
  if (on_break || chance_.one_in(10)) return EndBreak{team};
  if (chance_.one_in(3)) return SignOff{team};
  return TakeBreak{team};
}

/// From the handset, or from the dispatcher by radio; rarely from another team's handset.
Wish People::field(TeamId const& team, Command command) {
  if (chance_.one_in(3)) return desk(dispatcher, std::move(command));
  return {Role::team, chance_.one_in(20) ? any_team() : team, std::move(command)};
}

Wish People::changes_duty(Seen const& seen, Now) {
  auto const team = any_team();
  return field(team, duty_of(seen, team));
}

Wish People::dispatches(Seen const& seen, Now) {
  auto const team = chance_.one_in(6) ? any_team() : choose(chance_, seen.teams, free);
  return desk(dispatcher,
              OfferAssignment{fresh<AssignmentId>("sent-"), open_request(seen), team, chance_.one_in(4)});
}

std::vector<Wish> People::rivals(Seen const& seen) {
  auto const team = choose(chance_, seen.teams, free);
  std::vector<Wish> wishes;
  for (int i = 0; i < 2; ++i)
    wishes.push_back(desk(dispatcher, OfferAssignment{fresh<AssignmentId>("sent-"), open_request(seen), team,
                                                      chance_.one_in(2)}));
  return wishes;
}

Wish People::moves_teams(Seen const& seen, Now) {
  auto const assignment = live_assignment(seen);
  if (chance_.one_in(3)) return desk(dispatcher, WithdrawAssignment{assignment, WithdrawalReason::mistake});
  return desk(dispatcher,
              ReassignTeam{assignment, fresh<AssignmentId>("sent-"), open_request(seen), chance_.one_in(2)});
}

Command People::work_on(AssignmentId const& assignment, AssignmentStatus status) {
  if (status == AssignmentStatus::offered && !chance_.one_in(6)) {
    if (chance_.one_in(4)) return RefuseAssignment{assignment, RefusalReason::too_far};
    return AcceptAssignment{assignment};
  }
  if (chance_.one_in(4))
    return ClearAssignment{assignment, Disposition::calmed_on_site, Headcount{3},
                           Words{"compte rendu confié"}};
  static constexpr std::array milestones{Milestone::en_route, Milestone::on_site, Milestone::contact_made};
  return ReportProgress{assignment, chance_.pick(milestones)};
}

Wish People::team_acts(Seen const& seen, Now) {
  auto const id =
      chance_.one_in(12) ? choose(chance_, seen.assignments, any<Assignment>) : live_assignment(seen);
  auto const held = seen.assignments.find(id);
  if (held == seen.assignments.end()) return desk(dispatcher, AcceptAssignment{id});
  return field(held->second.entity.team, work_on(id, held->second.entity.status));
}

Wish People::from_handset(Seen const& seen, TeamId const& team) {
  auto const held = seen.teams.find(team);
  if (held == seen.teams.end() || !held->second.entity.assignment)
    return {Role::team, team, duty_of(seen, team)};
  auto const& assignment = *held->second.entity.assignment;
  return {Role::team, team, work_on(assignment, seen.assignments.at(assignment).entity.status)};
}

Wish People::at_the_wrong_moment(Seen const& seen, Now now) {
  switch (chance_.below(4)) {
  case 0: return opens_night(now);
  case 1: return desk(coordinator, CloseNight{});
  case 2: return desk(Role::clock, EndLostCall{choose(chance_, seen.calls, any<Call>)});
  default: return desk(Role::clock, ExpireOffer{live_assignment(seen)});
  }
}

std::vector<Wish> People::ends_work(Seen const& seen, Now now) const {
  std::vector<Wish> wishes;
  for (auto const& [id, held] : seen.calls)
    if (auto command = ends_call(held.entity, now)) wishes.push_back(std::move(*command));
  for (auto const& [id, held] : seen.assignments)
    if (live(held.entity))
      wishes.push_back(desk(dispatcher, WithdrawAssignment{id, WithdrawalReason::no_longer_needed}));
  for (auto const& [id, held] : seen.requests)
    if (open(held.entity)) wishes.push_back(desk(dispatcher, CloseRequest{id, Disposition::cancelled}));
  return wishes;
}

} // namespace vigie::simulation
