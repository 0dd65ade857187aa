#pragma once

#include "domain/views.hpp"
#include "engine/engine.hpp"
#include "support/invariants.hpp"

namespace vigie::simulation {

/// A desk's screen: what it was sent, folded as the console folds it.
class DeskScreen {
 public:
  void show(protocol::Whole const& whole);
  void fold(protocol::Change const& change);
  /// Which kinds of entities it shows otherwise.
  std::vector<std::string> differences(protocol::Entities const& expected) const;

 private:
  void put(protocol::Entities const& entities);

  std::optional<protocol::Night> night_;
  std::map<protocol::CallId, protocol::Call> calls_;
  std::map<protocol::RequestId, protocol::Request> requests_;
  std::map<protocol::TeamId, protocol::Team> teams_;
  std::map<protocol::AssignmentId, protocol::Assignment> assignments_;
  std::map<protocol::SubjectId, protocol::Particulars> confidences_;
};

/// A desk and every team's handset at one process, from now on. They are told what a front door would tell
/// them.
class Screens {
 public:
  Screens(std::string name, engine::Engine& engine);
  Screens(Screens const&) = delete;
  Screens& operator=(Screens const&) = delete;

  /// What they show otherwise than the process knows it.
  tests::Broken differences() const;

 private:
  void tell(domain::State const& state, domain::Touched const& touched);
  domain::Confidences confidences() const;

  std::string name_;
  engine::Engine& engine_;
  DeskScreen desk_;
  std::map<protocol::TeamId, protocol::Entities> handsets_;
};

} // namespace vigie::simulation
