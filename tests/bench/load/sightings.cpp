#include "bench/load/sightings.hpp"

namespace vigie::bench {
namespace {

// A screen that is looked at is read through, picture for picture: of so many viewers one.
constexpr std::size_t looks = 25;

} // namespace

void Sightings::begin(std::size_t handsets, std::size_t viewers) {
  handsets_ = handsets;
  first_viewer_ = turn_++ % std::min(looks, viewers);
  first_mark_ = (first_mark_ + sent()) % marks;
  sent_at_.clear();
  shown_at_.assign((viewers - first_viewer_ + looks - 1) / looks, {});
}

std::size_t Sightings::mark_next(std::int64_t now) {
  auto const mark = (first_mark_ + sent()) % marks;
  sent_at_.push_back(now);
  return mark;
}

bool Sightings::looks_at(std::size_t viewer) const { return viewer % looks == first_viewer_; }

void Sightings::shown(std::size_t viewer, std::size_t mark, std::int64_t now) {
  auto const number = (mark + marks - first_mark_) % marks;
  if (number >= sent()) return;
  auto& shown_at = shown_at_[viewer / looks];
  shown_at.resize(sent());
  for (auto at = number; shown_at[at] == 0; at -= handsets_) {
    shown_at[at] = now;
    if (at < handsets_) return;
  }
}

Delays Sightings::delays_of(Moments const& shown_at, std::size_t first, std::size_t last,
                            std::int64_t now) const {
  Delays delays;
  for (auto at = first; at < last; ++at) {
    auto const shown = at < shown_at.size() && shown_at[at] > 0 ? shown_at[at] : now;
    delays.add(static_cast<double>(shown - sent_at_[at]) / 1000);
  }
  return delays;
}

double Sightings::percentile_ms(double share, std::size_t first, std::size_t last, std::int64_t now) const {
  double worst = 0;
  for (auto const& shown_at : shown_at_)
    worst = std::max(worst, delays_of(shown_at, first, last, now).percentile_ms(share));
  return worst;
}

} // namespace vigie::bench
