#pragma once

#include "protocol/events.hpp"
#include "protocol/rejections.hpp"

/// What the journal holds.
namespace vigie::protocol {

/// One answered command: who wanted it, when it was taken down, and what happened by it.
struct Commit {
  Version version{}; ///< its place in the journal, from 1 without a gap
  CommandId command;
  Actor actor;
  Instant at;
  std::vector<Event> events;
};
BOOST_DESCRIBE_STRUCT(Commit, (), (version, command, actor, at, events))

/// A command that was taken, and by which commit.
struct TakenCommand {
  CommandId command;
  Version version{};
  Instant at;
  bool operator==(TakenCommand const&) const = default;
};
BOOST_DESCRIBE_STRUCT(TakenCommand, (), (command, version, at))

/// Why a command was refused; kept for a while beside the journal, by the command's id.
struct RefusedCommand {
  Rejection reason{};
  std::string path; ///< the field at fault; empty where there is none
};
BOOST_DESCRIBE_STRUCT(RefusedCommand, (), (reason, path))

/// A service's state at a version.
struct Snapshot {
  Version version{};
  std::int32_t last_request_number{};
  std::optional<Night> night;
  std::vector<Call> calls;
  std::vector<Request> requests;
  std::vector<Team> teams;
  std::vector<Assignment> assignments;
  std::vector<SubjectId> confidences; ///< subjects with something in the vault
  std::vector<TakenCommand> taken;
};
BOOST_DESCRIBE_STRUCT(Snapshot, (),
                      (version, last_request_number, night, calls, requests, teams, assignments, confidences,
                       taken))

} // namespace vigie::protocol
