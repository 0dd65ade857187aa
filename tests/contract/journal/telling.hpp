#pragma once

#include "engine/ports.hpp"

/// Commits as stories tell them.
namespace vigie::testing {

inline protocol::Service service_named(std::string name) {
  protocol::Service service;
  service.id = {std::move(name)};
  service.confidences_kept_for = std::chrono::hours(24);
  return service;
}

/// The commit with this version: a team takes a break.
inline protocol::Commit commit(protocol::Version version, std::string team = "alpha") {
  protocol::Instant const at{std::chrono::milliseconds(1'790'000'000'000 + version)};
  return {version,
          {"command-" + team + "-" + std::to_string(version)},
          {{"anne"}, protocol::Role::dispatcher, std::nullopt},
          at,
          {protocol::BreakStarted{{std::move(team)}, at}}};
}

inline engine::Entry entry(protocol::Version version, std::string team = "alpha") {
  return {commit(version, std::move(team)), {}};
}

/// Entries `first` to `last`.
inline std::vector<engine::Entry> entries(protocol::Version first, protocol::Version last,
                                          std::string const& team = "alpha") {
  std::vector<engine::Entry> group;
  for (auto version = first; version <= last; ++version) group.push_back(entry(version, team));
  return group;
}

/// The entry with something for the vault.
inline engine::Entry keeping(engine::Entry entry, std::string subject, protocol::Particulars particulars) {
  entry.confidences.push_back({{std::move(subject)}, std::move(particulars)});
  return entry;
}

inline std::vector<engine::Entry> group(engine::Entry entry) { return {std::move(entry)}; }

inline protocol::Particulars named(std::string name) { return {{{std::move(name)}}, {}, {}, {}, {}}; }

template <class... Names> std::vector<protocol::SubjectId> subjects(Names... names) {
  return {protocol::SubjectId{names}...};
}

inline std::vector<protocol::Version> versions(std::vector<protocol::Commit> const& commits) {
  std::vector<protocol::Version> numbers;
  for (auto const& commit : commits) numbers.push_back(commit.version);
  return numbers;
}

inline std::string team_in(protocol::Commit const& commit) {
  return std::get<protocol::BreakStarted>(commit.events.at(0)).team.value;
}

} // namespace vigie::testing
