#include "witness.hpp"

#include "protocol/codec/codec.hpp"

#include <algorithm>

namespace vigie::simulation {

using namespace protocol;
using tests::Broken;

namespace {

template <class Id, class Entity>
bool same(domain::Shelf<Id, Entity> const& one, domain::Shelf<Id, Entity> const& other) {
  return std::ranges::equal(one, other, [](auto const& a, auto const& b) {
    return a.first == b.first && a.second.entity == b.second.entity;
  });
}

bool same_night(domain::State const& one, domain::State const& other) {
  if (!one.night || !other.night) return !one.night && !other.night;
  return one.night->entity == other.night->entity;
}

std::string as_text(domain::State const& state) { return encode(domain::snapshot_of(state)); }

} // namespace

bool same(domain::State const& one, domain::State const& other) {
  return one.version == other.version && one.last_request_number == other.last_request_number &&
         same_night(one, other) && same(one.calls, other.calls) && same(one.requests, other.requests) &&
         same(one.teams, other.teams) && same(one.assignments, other.assignments) && one.taken == other.taken;
}

domain::State replayed(testing::MemoryStore const& store) {
  domain::State state;
  for (auto const& commit : store.commits()) domain::evolve(state, commit);
  return state;
}

domain::State restored(testing::MemoryStore const& store) {
  auto state = domain::state_from(store.snapshot());
  for (auto const& commit : store.commits())
    if (commit.version > state.version) domain::evolve(state, commit);
  return state;
}

void Witness::heard_taken(CommandId const& command, Version version) {
  auto const [known, is_new] = told_.emplace(command, version);
  if (!is_new && known->second != version && !failed_over_)
    seen_broken_.push_back("command " + command.value + " was answered with two versions");
}

/// What was read of the journal is read anew.
void Witness::failed_over() {
  failed_over_ = true;
  read_ = 0;
  journal_.clear();
  rang_.clear();
  refused_.clear();
}

void Witness::mended() {
  failed_over_ = false;
  shown_.clear();
  std::erase_if(told_, [&](auto const& told) { return !journal_.contains(told.first); });
  for (auto& [command, version] : told_) version = journal_.at(command);
}

std::vector<CommandId> Witness::missing() const {
  std::vector<CommandId> missing;
  for (auto const& [command, version] : told_)
    if (!journal_.contains(command)) missing.push_back(command);
  return missing;
}

Broken Witness::look(std::vector<Seen> const& processes, testing::MemoryStore const& store) {
  read(store);
  Broken broken = seen_broken_;
  if (failed_over_) {
    for (auto const& process : processes) check_state(process, broken);
    return broken;
  }
  check_answers(broken);
  for (auto const& process : processes) check_process(process, broken);
  for (std::size_t i = 1; i < processes.size(); ++i) {
    auto const& [one, other] = std::pair{processes[i - 1], processes[i]};
    if (one.state->version == other.state->version && !same(*one.state, *other.state))
      broken.push_back(one.name + " and " + other.name + " differ at one version");
  }
  return broken;
}

Broken Witness::look_at_rest(std::vector<Seen> const& processes, testing::MemoryStore const& store) const {
  Broken broken;
  auto const expected = as_text(replayed(store));
  if (as_text(restored(store)) != expected)
    broken.push_back("the snapshot and the rest give another state than the whole journal");
  for (auto const& process : processes)
    if (as_text(*process.state) != expected)
      broken.push_back(process.name + " shows another state than its journal");
  for (auto const& process : processes) check_calls(process, broken);
  return broken;
}

void Witness::read(testing::MemoryStore const& store) {
  auto const& commits = store.commits();
  for (; read_ < commits.size(); ++read_) {
    auto const& commit = commits[read_];
    if (commit.version != read_ + 1)
      seen_broken_.push_back("the journal has a gap before version " + std::to_string(commit.version));
    read(commit);
  }
}

void Witness::read(Commit const& commit) {
  if (!journal_.emplace(commit.command, commit.version).second)
    seen_broken_.push_back("command " + commit.command.value + " is in the journal twice");
  for (auto const& event : commit.events) {
    if (auto const* rang = std::get_if<CallRang>(&event))
      rang_.emplace(rang->call, Ring{commit.version, rang->at});
    if (auto const* night = std::get_if<NightOpened>(&event))
      std::erase_if(rang_, [&](auto const& ring) { return ring.second.at < night->forget_before; });
  }
  auto const text = encode(commit);
  if (std::ranges::any_of(secrets_, [&](auto const& secret) { return text.find(secret) != text.npos; }))
    seen_broken_.push_back("commit " + std::to_string(commit.version) + " tells a secret");
}

void Witness::check_answers(Broken& broken) const {
  for (auto const& [command, version] : told_) {
    auto const found = journal_.find(command);
    if (found == journal_.end())
      broken.push_back("answered command " + command.value + " is not in the journal");
    else if (found->second != version)
      broken.push_back("command " + command.value + " is in the journal at another version than answered");
  }
  for (auto const& command : refused_)
    if (journal_.contains(command)) broken.push_back("command " + command.value + " was refused and taken");
}

void Witness::check_process(Seen const& process, Broken& broken) {
  auto& shown = shown_[process.name];
  if (process.state->version < shown) broken.push_back(process.name + " went back to an older version");
  shown = process.state->version;
  check_state(process, broken);
  check_calls(process, broken);
}

/// A team off duty or on a break is not tracked.
bool tracked(domain::State const& state, TeamId const& team) {
  auto const held = state.teams.find(team);
  return held != state.teams.end() && held->second.entity.duty == Duty::available;
}

void Witness::check_state(Seen const& process, Broken& broken) {
  for (auto const& position : process.picture.positions)
    if (!tracked(*process.state, position.team))
      broken.push_back(process.name + ": team " + position.team.value + " is tracked off duty");
  for (auto const& sentence : tests::broken(*process.state)) broken.push_back(process.name + ": " + sentence);
}

/// Nothing is forgotten before its time.
void Witness::check_calls(Seen const& process, Broken& broken) const {
  for (auto const& [call, ring] : rang_)
    if (ring.version <= process.state->version && !process.state->calls.contains(call))
      broken.push_back(process.name + ": call " + call.value + " rang and is nowhere");
}

} // namespace vigie::simulation
