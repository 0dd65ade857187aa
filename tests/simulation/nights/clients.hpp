#pragma once

#include "house.hpp"
#include "people.hpp"
#include "witness.hpp"

#include <deque>

namespace vigie::simulation {

/// What a client does with the answer to a command.
enum class Line { holds, drops };

/// The screens and handsets of a night: they number their commands, send them to one process or another, and
/// send again under the same id what nobody answered.
class Clients {
 public:
  Clients(House& house, Witness& witness, Chance& chance, Figures& figures)
      : house_(house), witness_(witness), chance_(chance), figures_(figures) {}

  /// Makes a command now, to be sent now or later.
  engine::Submission make(Wish wish);
  void send(Process& process, engine::Submission submission, Line line);
  void send(Process& process, Wish wish);
  /// Sends something again: what was not answered, or what was.
  void send_again();
  /// Sends again all that was not answered.
  void send_all_again();
  bool waits() const { return !unanswered_.empty(); }
  /// Sends again nothing of what was sent before.
  void forget();
  /// Some process that answered this command as taken is still there.
  bool vouched_for(protocol::CommandId const& command) const;

 private:
  void heard(Process const& process, engine::Submission const& submission, engine::Answer const& answer);
  void resend(engine::Submission submission);

  House& house_;
  Witness& witness_;
  Chance& chance_;
  Figures& figures_;
  std::size_t made_ = 0;
  std::vector<engine::Submission> answered_;
  std::deque<engine::Submission> unanswered_;
  std::map<protocol::CommandId, std::set<Process const*>> answered_by_;
};

} // namespace vigie::simulation
