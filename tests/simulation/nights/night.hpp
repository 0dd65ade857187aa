#pragma once

#include "clients.hpp"

#include <functional>

namespace vigie::simulation {

/// Breaks a rule on purpose, at each step; see sabotage.test.cpp.
using Sabotage = std::function<void(House&, Witness&)>;

/// One service night from a seed, or two, with all that can go wrong.
class Night {
 public:
  Night(std::uint64_t seed, Figures& figures, Sabotage sabotage = {});

  /// Plays it to its end; what was broken, and at which step. Nothing in a sound one.
  tests::Broken play();

 private:
  tests::Broken plays(std::size_t steps);
  tests::Broken ends();
  bool a_day_passes();
  void opens();
  bool step();
  bool closes();
  void ends_troubles();
  void goes_wrong();
  void goes_away();
  void loses_time();
  void goes_offline();
  void comes_online();
  void kills_one();
  void fails_over();
  tests::Broken missing_for_good();
  void time_passes();
  void walks();
  tests::Broken ghosts();
  tests::Broken look();
  void look_at_screens(tests::Broken& broken) const;
  void notice_what_is_mended();
  std::vector<Seen> seen() const;

  Chance chance_;
  Figures& figures_;
  People people_;
  Witness witness_;
  Clients clients_;
  House house_; ///< after the clients, who hear its last answers when it stops
  Sabotage sabotage_;
  bool fails_over_;               ///< in this night replicas take over that lack the journal's end
  bool has_morrow_;               ///< a second night follows, which forgets the first
  protocol::Version yesterday_{}; ///< the last of the first
  std::optional<protocol::TeamId> offline_;
  std::vector<engine::Submission> held_back_; ///< by the handset without network
  std::vector<Process*> killed_;
};

} // namespace vigie::simulation
