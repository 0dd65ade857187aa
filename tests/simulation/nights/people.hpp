#pragma once

#include "chance.hpp"
#include "domain/state.hpp"

namespace vigie::simulation {

/// What somebody wants, and in which role.
struct Wish {
  protocol::Role role;
  std::optional<protocol::TeamId> team; ///< of a handset
  protocol::Command command;
};

/// The people of a service night, who see a screen and want things by chance: mostly what makes sense,
/// sometimes what does not, again, too late or out of order.
class People {
 public:
  People(Chance& chance, protocol::Service service) : chance_(chance), service_(std::move(service)) {}

  /// Texts that stand in the particulars of what people say, and nowhere else.
  static std::vector<std::string> secrets();

  Wish opens_night(protocol::Instant now) const;
  /// Anything that can happen in a night.
  Wish something(domain::State const& seen, protocol::Instant now);
  /// Something that this team's handset says; for a handset that may be offline.
  Wish from_handset(domain::State const& seen, protocol::TeamId const& team);
  /// Two dispatchers send one team to two requests.
  std::vector<Wish> rivals(domain::State const& seen);
  /// What is left to do before the night can close; nothing when nothing is.
  std::vector<Wish> ends_work(domain::State const& seen, protocol::Instant now) const;
  protocol::TeamId any_team();
  /// In some quarter.
  protocol::Point somewhere() { return chance_.pick(service_.quarters).centre; }

 private:
  using Now = protocol::Instant;
  using Seen = domain::State;
  Wish reports_call(Seen const& seen, Now now);
  Wish handles_call(Seen const& seen, Now now);
  Wish opens_request(Seen const& seen, Now now);
  Wish changes_request(Seen const& seen, Now now);
  Wish changes_duty(Seen const& seen, Now now);
  Wish dispatches(Seen const& seen, Now now);
  Wish moves_teams(Seen const& seen, Now now);
  Wish team_acts(Seen const& seen, Now now);
  Wish at_the_wrong_moment(Seen const& seen, Now now);

  Wish field(protocol::TeamId const& team, protocol::Command command);
  protocol::Command duty_of(Seen const& seen, protocol::TeamId const& team);
  protocol::Command work_on(protocol::AssignmentId const& assignment, protocol::AssignmentStatus status);
  protocol::Particulars particulars();
  protocol::CallId any_call(Seen const& seen);
  protocol::RequestId open_request(Seen const& seen);
  protocol::RequestId any_request(Seen const& seen);
  protocol::AssignmentId live_assignment(Seen const& seen);
  template <class Id> Id fresh(char const* kind) { return {kind + std::to_string(++made_)}; }

  Chance& chance_;
  protocol::Service service_;
  std::size_t made_ = 0;
};

} // namespace vigie::simulation
