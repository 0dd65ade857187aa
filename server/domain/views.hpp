#pragma once

#include "domain/state.hpp"
#include "protocol/frames.hpp"

#include <functional>
#include <set>

/// Which entities which role may see.
namespace vigie::domain {

/// The entities that something touched.
struct Touched {
  bool night{};
  std::set<protocol::CallId> calls;
  std::set<protocol::RequestId> requests;
  std::set<protocol::TeamId> teams;
  std::set<protocol::AssignmentId> assignments;
  std::set<protocol::SubjectId> confidences;
  bool forgot{}; ///< entities left the state: screens are given the whole
  /// Teams that went on a break or off duty, though they may be back by now; told by what happened, not by
  /// the state.
  std::set<protocol::TeamId> left_duty{};
};

/// What changed after version `since`, from the entities' own versions.
Touched touched_since(State const& state, protocol::Version since);

/// Looks up particulars; none where they were erased or never kept.
using Confidences = std::function<std::optional<protocol::Particulars>(protocol::SubjectId const&)>;

/// What a desk (hotline operator, dispatcher, coordinator) sees. @{
protocol::Whole desk_whole(State const& state, Confidences const& confidences);
protocol::Change desk_change(State const& state, Touched const& touched, Confidences const& confidences);
/// @}

/// What a handset sees: the night, its own team, its assignments of the night with their requests, the last
/// closed requests at the place it is sent to; particulars only of its live assignment's request, without the
/// caller's number. Small, so it is always whole.
protocol::Whole team_whole(State const& state, protocol::TeamId const& team, Confidences const& confidences);

/// The teams whose handsets show something of what was touched.
struct Concerned {
  bool everybody{};
  std::set<protocol::TeamId> teams;
  bool contains(protocol::TeamId const& team) const { return everybody || teams.contains(team); }
};
Concerned concerned(State const& state, Touched const& touched);

} // namespace vigie::domain
