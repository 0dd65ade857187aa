#pragma once

#include "bench/load/crowd.hpp"
#include "bench/load/tell.hpp"

namespace vigie::bench {

/// One change after another to all viewers: the next is made when the last viewer has seen the one before.
class Changes {
 public:
  /// `as_commands`: a handset sends a command that changes its team; else it sends a text.
  Changes(Poller& poller, Dialect& dialect, Crowd& crowd, bool as_commands)
      : poller_(poller), dialect_(dialect), crowd_(crowd), as_commands_(as_commands) {}

  /// Makes changes for so many seconds; a text has so many bytes.
  Answer run(double seconds, std::size_t bytes, std::vector<int> const& servers);

 private:
  void make_one();
  void wait_for_all();

  Poller& poller_;
  Dialect& dialect_;
  Crowd& crowd_;
  bool as_commands_;
  std::string text_;
  std::uint64_t made_ = 0;
  std::uint64_t seen_ = 0; ///< of the change under way
  std::uint64_t bytes_ = 0;
  std::int64_t first_seen_ = 0;
  Delays whole_;  ///< from the sending to the last viewer
  Delays spread_; ///< from the first viewer to the last
};

} // namespace vigie::bench
