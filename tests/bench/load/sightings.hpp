#pragma once

#include "bench/load/tell.hpp"

#include <cstddef>

namespace vigie::bench {

/// When each position was sent, and when some of the screens had it. A position counts as on a screen when it
/// is shown there, or a newer one of the same handset is: nobody looks for where a team was before.
class Sightings {
 public:
  /// Begins anew, with no position sent. Looks at some of the viewers, spread over all, each time at others.
  void begin(std::size_t handsets, std::size_t viewers);
  /// A position leaves: that of the next handset, each in its turn. Gives the mark that it carries, less than
  /// `marks`.
  std::size_t mark_next(std::int64_t now);
  std::size_t sent() const { return sent_at_.size(); }
  bool looks_at(std::size_t viewer) const;
  /// A viewer that is looked at is shown the position of this mark; one from before the beginning is let be.
  void shown(std::size_t viewer, std::size_t mark, std::int64_t now);
  /// How late positions were, in milliseconds: so many of all those sent from number `first` to before `last`
  /// were on the screen within that time, on the screen that fares worst. One that is not shown by `now` is
  /// as late as that, at least.
  double percentile_ms(double share, std::size_t first, std::size_t last, std::int64_t now) const;

  static constexpr std::size_t marks = 10'000'000;

 private:
  using Moments = std::vector<std::int64_t>; ///< by position; 0: not yet
  Delays delays_of(Moments const& shown_at, std::size_t first, std::size_t last, std::int64_t now) const;

  std::size_t handsets_ = 0;
  std::size_t turn_ = 0;         ///< of those that can be looked at
  std::size_t first_viewer_ = 0; ///< that is looked at
  std::size_t first_mark_ = 0;   ///< since the beginning
  Moments sent_at_;
  std::vector<Moments> shown_at_; ///< by screen that is looked at
};

} // namespace vigie::bench
