#include "domain/state.hpp"

#include <algorithm>
#include <tuple>

namespace vigie::domain {

using namespace protocol;

namespace {

template <class Id, class Entity> std::vector<Entity> listed(Shelf<Id, Entity> const& shelf) {
  std::vector<Entity> entities;
  entities.reserve(shelf.size());
  for (auto const& [id, held] : shelf) entities.push_back(held.entity);
  return entities;
}

template <class Id, class Entity>
void shelve(Shelf<Id, Entity>& shelf, std::vector<Entity> entities, Version version) {
  for (auto& entity : entities) {
    auto const id = entity.id;
    shelf.emplace(id, Held<Entity>{std::move(entity), version});
  }
}

/// In the journal's order, so that equal states give equal snapshots.
std::vector<TakenCommand> listed(std::unordered_map<CommandId, Taken> const& taken) {
  std::vector<TakenCommand> commands;
  commands.reserve(taken.size());
  for (auto const& [id, known] : taken) commands.push_back({id, known.version, known.at});
  std::sort(commands.begin(), commands.end(), [](TakenCommand const& left, TakenCommand const& right) {
    return std::tie(left.version, left.command) < std::tie(right.version, right.command);
  });
  return commands;
}

} // namespace

Snapshot snapshot_of(State const& state) {
  Snapshot snapshot;
  snapshot.version = state.version;
  snapshot.last_request_number = state.last_request_number;
  if (state.night) snapshot.night = state.night->entity;
  snapshot.calls = listed(state.calls);
  snapshot.requests = listed(state.requests);
  snapshot.teams = listed(state.teams);
  snapshot.assignments = listed(state.assignments);
  for (auto const& [subject, version] : state.confidences) snapshot.confidences.push_back(subject);
  snapshot.taken = listed(state.taken);
  return snapshot;
}

State state_from(Snapshot snapshot) {
  State state;
  Version const version = snapshot.version;
  state.version = version;
  state.last_request_number = snapshot.last_request_number;
  if (snapshot.night) state.night = Held<Night>{std::move(*snapshot.night), version};
  shelve(state.calls, std::move(snapshot.calls), version);
  shelve(state.requests, std::move(snapshot.requests), version);
  shelve(state.teams, std::move(snapshot.teams), version);
  shelve(state.assignments, std::move(snapshot.assignments), version);
  for (auto& subject : snapshot.confidences) state.confidences.emplace(std::move(subject), version);
  for (auto& command : snapshot.taken)
    state.taken.emplace(std::move(command.command), Taken{command.version, command.at});
  // What left the state before the snapshot is not known any more: who is behind it needs the whole.
  state.forgotten = version;
  return state;
}

} // namespace vigie::domain
