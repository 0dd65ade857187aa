#pragma once

#include "bench/commands/crowd.hpp"
#include "bench/commands/measuring.hpp"

#include <deque>

namespace vigie::bench::commands {

/// What a crowd does, and for how long.
struct Load {
  double commands_a_second = 0;
  double fixes_a_second = 0;
  std::size_t fixes_together = 1; ///< so many of one handset in one piece
  std::size_t outstanding = 0;    ///< commands each desk keeps on the way, in place of a rate; 0: at the rate
  bool from_handsets = false; ///< so do the handsets of the teams that are free: all but a service's first
  double warm_up_s = 1;
  double measured_s = 5;
  std::string pids;     ///< whose processor time is told
  std::string answered; ///< a file for the ids of the commands that were accepted; empty: none
};

/// Sends commands and positions at a steady pace, whatever the answers do, and measures until the change that
/// a command made has arrived at the handset it concerns.
class Loading {
 public:
  Loading(Party const& party, Load load);

  /// Brings the crowd, loads, and prints the figures as one line of JSON.
  void run();

 private:
  struct Service {
    std::deque<std::pair<std::uint64_t, std::int64_t>>
        shown; ///< versions that the handset was given, and when
    std::deque<std::pair<std::uint64_t, std::size_t>> unseen; ///< commands answered before they were shown
    std::uint64_t dangers = 0;
  };
  struct Sent {
    std::int64_t at{};
    bool counts{};
    std::size_t screen{};
  };

  double play(double seconds);
  void hear_out();
  void send_what_is_due();
  bool keeps_sending(std::size_t screen) const;
  void send_command(std::size_t screen);
  std::string command_of(std::size_t screen);
  void send_fixes();
  std::string fix() const;
  void heard(std::size_t screen, std::string_view text);
  void rejected(std::string_view text);
  void accepted(std::size_t service, std::string_view text);
  void shown(std::size_t service, std::string_view text);
  void arrived(std::size_t command, std::int64_t when);
  void tell();

  Poller poller_;
  Party party_;
  Load load_;
  Crowd crowd_;
  Effort effort_;
  std::vector<Service> services_;
  std::vector<Sent> sent_;
  std::vector<bool> on_break_; ///< by screen, of those that are handsets
  Times to_answer_;
  Times to_handset_;
  std::int64_t began_ = 0;
  std::size_t sent_before_ = 0; ///< commands, before the load that is played
  std::size_t fixes_before_ = 0;
  bool playing_ = false;
  bool measuring_ = false;
  std::size_t commands_ = 0;         ///< of the measured time, as all that follow
  std::size_t answers_ = 0;          ///< to them, whenever they came
  std::size_t answered_in_time_ = 0; ///< while they were being sent
  std::size_t rejected_ = 0;
  std::size_t fixes_ = 0;
  std::size_t fixes_sent_ = 0;
  std::size_t fixes_refused_ = 0;
  std::size_t fixes_held_back_ = 0; ///< not sent, since the line was full
  std::size_t pictures_ = 0;
  double seconds_ = 0;
  std::string accepted_ids_;
};

} // namespace vigie::bench::commands
