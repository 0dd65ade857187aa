#include "domain/teams/decide_teams.hpp"

#include "domain/teams/way_home.hpp"

#include <algorithm>
#include <set>

namespace vigie::domain {

using namespace protocol;

namespace {

/// A pair that signs on without network, so long before the night opens, means that night.
constexpr std::chrono::hours early_arrival{2};

/// Whether it was done before the team's present state was recorded: by the handset, while somebody spoke for
/// it by radio, or at a desk that was cut off, while another desk or the handset went on.
bool is_overtaken(Context const& context, Team const& team) {
  return was_made_before(context.intent, team.since);
}

/// Whether the team did something since the clock found that it forgot to sign off.
bool works_on(Context const& context, Team const& team) {
  return context.intent.actor.role == Role::clock &&
         context.intent.at < goes_home_at(context.state.night->entity, team);
}

/// The team on duty, or why there is none that the actor may speak for. Taken out of the service's file in
/// the middle of its night, it goes home like any other.
Result<Team const*, Refusal> team_on_duty(Context const& context, TeamId const& id) {
  if (!acts_for(context, id)) return refuse(Rejection::not_allowed, "team");
  auto const* team = find(context.state.teams, id);
  if (!team && !lists(context.service.teams, id)) return refuse(Rejection::team_unknown, "team");
  if (!team || team->duty == Duty::off) return refuse(Rejection::team_off_duty, "team");
  if (is_overtaken(context, *team)) return refuse(Rejection::overtaken);
  return team;
}

/// Whether it comes late that a pair is on duty, and for another night.
bool means_another_night(Context const& context) {
  return was_made_before(context.intent, context.state.night->entity.opened_at, early_arrival);
}

bool is_on_duty_elsewhere(State const& state, MemberId const& member) {
  return std::any_of(state.teams.begin(), state.teams.end(), [&](auto const& item) {
    Team const& team = item.second.entity;
    return team.duty != Duty::off &&
           std::find(team.members.begin(), team.members.end(), member) != team.members.end();
  });
}

Objection objection_to_members(Context const& context, std::vector<MemberId> const& members) {
  std::set<MemberId> const distinct(members.begin(), members.end());
  if (members.empty() || distinct.size() < members.size())
    return object(Rejection::members_needed, "members");
  for (auto const& member : members) {
    if (!lists(context.service.members, member)) return object(Rejection::member_unknown, "members");
    if (is_on_duty_elsewhere(context.state, member))
      return object(Rejection::member_in_other_team, "members");
  }
  return std::nullopt;
}

Objection objection_to(Context const& context, SignOn const& command) {
  if (!acts_for(context, command.team)) return object(Rejection::not_allowed, "team");
  if (!lists(context.service.teams, command.team)) return object(Rejection::team_unknown, "team");
  if (!context.state.night_is_open()) return object(Rejection::night_not_open);
  auto const* team = find(context.state.teams, command.team);
  if (team && team->duty != Duty::off) return object(Rejection::team_already_on_duty, "team");
  if (team && is_overtaken(context, *team)) return object(Rejection::overtaken);
  if (means_another_night(context)) return object(Rejection::overtaken);
  return objection_to_members(context, command.members);
}

} // namespace

Outcome decide_on(Context const& context, SignOn const& command) {
  if (auto objection = objection_to(context, command)) return Failure<Refusal>(*objection);
  auto const* before = find(context.state.teams, command.team);
  Instant const opened = context.state.night->entity.opened_at;
  Instant const at = field_time(context, before ? std::max(opened, before->since) : opened);
  return happened({TeamSignedOn{command.team, at, command.members, command.transport}});
}

Outcome decide_on(Context const& context, SignOff const& command) {
  auto const team = team_on_duty(context, command.team);
  if (!team) return Failure<Refusal>(team.error());
  if ((*team)->assignment) return refuse(Rejection::team_has_assignment);
  if (works_on(context, **team)) return refuse(Rejection::overtaken);
  return happened({TeamSignedOff{command.team, field_time(context, (*team)->since)}});
}

Outcome decide_on(Context const& context, TakeBreak const& command) {
  auto const team = team_on_duty(context, command.team);
  if (!team) return Failure<Refusal>(team.error());
  if ((*team)->duty == Duty::on_break) return refuse(Rejection::team_on_break);
  if ((*team)->assignment) return refuse(Rejection::team_has_assignment);
  return happened({BreakStarted{command.team, field_time(context, (*team)->since)}});
}

Outcome decide_on(Context const& context, EndBreak const& command) {
  auto const team = team_on_duty(context, command.team);
  if (!team) return Failure<Refusal>(team.error());
  if ((*team)->duty != Duty::on_break) return refuse(Rejection::team_not_on_break);
  return happened({BreakEnded{command.team, field_time(context, (*team)->since)}});
}

} // namespace vigie::domain
