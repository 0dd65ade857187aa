#pragma once

#include "bench/load/crowd.hpp"
#include "bench/load/sightings.hpp"
#include "bench/load/tell.hpp"

namespace vigie::bench {

/// Handsets report at a steady rate, viewers look. Each fix carries its mark in its latitude.
class Pictures {
 public:
  Pictures(Poller& poller, Dialect& dialect, Crowd& crowd)
      : poller_(poller), dialect_(dialect), crowd_(crowd) {}

  /// `rate` fixes a second by all handsets together, for a moment and then so many measured seconds, once
  /// what was under way before has arrived. `helpers` are other processes that work for the server.
  Answer step(double rate, double seconds, std::vector<int> const& servers, std::vector<int> const& helpers);

 private:
  struct Tally;
  void seen(Client const& client, std::string_view text);
  void read_marks(std::size_t viewer, std::string_view text, std::int64_t now);
  void send_due(std::int64_t now);
  void run_until(std::int64_t end);
  void drain();
  Tally tally(std::vector<int> const& servers, std::vector<int> const& helpers) const;
  Answer told(Tally const& first, Tally const& last) const;

  Poller& poller_;
  Dialect& dialect_;
  Crowd& crowd_;
  double rate_ = 0;
  std::int64_t began_ = 0;
  std::uint64_t texts_ = 0; ///< heard by viewers
  std::uint64_t positions_ = 0;
  Sightings sightings_;
};

} // namespace vigie::bench
