#include "domain/assignments/evolve_assignments.hpp"
#include "domain/calls/evolve_calls.hpp"
#include "domain/decide.hpp"
#include "domain/nights/evolve_nights.hpp"
#include "domain/requests/evolve_requests.hpp"
#include "domain/teams/evolve_teams.hpp"

namespace vigie::domain {

namespace {

void fold(State& state, protocol::ConfidenceKept const& kept, protocol::Version version) {
  state.confidences.insert_or_assign(kept.subject, version);
}

} // namespace

void evolve(State& state, protocol::Event const& event, protocol::Version version) {
  std::visit([&](auto const& happened) { fold(state, happened, version); }, event);
}

void evolve(State& state, protocol::Commit const& commit) {
  for (auto const& event : commit.events) evolve(state, event, commit.version);
  state.version = commit.version;
  state.taken.insert_or_assign(commit.command, Taken{commit.version, commit.at});
}

} // namespace vigie::domain
