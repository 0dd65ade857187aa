#include "domain/teams/evolve_teams.hpp"

#include "domain/folding.hpp"

namespace vigie::domain {

using namespace protocol;

namespace {

void set_duty(State& state, TeamId const& id, Duty duty, Instant since, Version version) {
  change(state.teams, id, version, [&](Team& team) {
    team.duty = duty;
    team.since = since;
  });
}

} // namespace

void fold(State& state, TeamSignedOn const& event, Version version) {
  put(state.teams,
      Team{.id = event.team,
           .duty = Duty::available,
           .since = event.at,
           .members = event.members,
           .transport = event.transport,
           .assignment = std::nullopt},
      version);
}

void fold(State& state, TeamSignedOff const& event, Version version) {
  set_duty(state, event.team, Duty::off, event.at, version);
}

void fold(State& state, BreakStarted const& event, Version version) {
  set_duty(state, event.team, Duty::on_break, event.at, version);
}

void fold(State& state, BreakEnded const& event, Version version) {
  set_duty(state, event.team, Duty::available, event.at, version);
}

} // namespace vigie::domain
