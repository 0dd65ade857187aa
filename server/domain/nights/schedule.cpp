#include "domain/decide.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>

namespace vigie::domain {

using namespace protocol;
using std::chrono::minutes;

namespace {

/// Windows repeat every week; a day more on both sides holds the one that began yesterday.
constexpr int days_ahead = 8;

/// The service's zone; none, which stands for UTC, where this machine does not know it.
date::time_zone const* zone_of(Service const& service) {
  try {
    return date::locate_zone(service.time_zone.value);
  } catch (std::runtime_error const&) {
    return nullptr;
  }
}

date::local_seconds local_time(date::time_zone const* zone, Instant moment) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(moment);
  if (!zone) return date::local_seconds(seconds.time_since_epoch());
  return zone->to_local(seconds);
}

/// The moment of a local time. One that does not exist, in the night clocks go forward, is the moment they
/// do; of one that comes twice, `which` is taken.
Instant moment_of(date::time_zone const* zone, date::local_seconds local, date::choose which) {
  if (!zone) return Instant(local.time_since_epoch());
  return Instant(zone->to_sys(local, which).time_since_epoch());
}

std::optional<int> two_digits(std::string_view text, int limit) {
  bool const are_digits =
      text.size() == 2 && text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9';
  if (!are_digits) return std::nullopt;
  int const number = (text[0] - '0') * 10 + (text[1] - '0');
  return number < limit ? std::optional(number) : std::nullopt;
}

/// `21:00`; none for anything else, which the service's file may not contain.
std::optional<minutes> time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  auto const hour = two_digits(text.substr(0, 2), 24);
  auto const minute = two_digits(text.substr(3, 2), 60);
  if (!hour || !minute) return std::nullopt;
  return std::chrono::hours(*hour) + minutes(*minute);
}

bool holds_on(Window const& window, date::local_days day) {
  auto const from_monday = date::weekday(day).iso_encoding() - 1;
  return std::find(window.days.begin(), window.days.end(), static_cast<Weekday>(from_monday)) !=
         window.days.end();
}

NightDate date_of(date::local_days day) { return NightDate{date::format("%F", day)}; }

std::optional<Opening> opening_on(date::time_zone const* zone, Window const& window, date::local_days day) {
  auto const opens = time_of_day(window.opens.value);
  auto const closes = time_of_day(window.closes.value);
  if (!opens || !closes || !holds_on(window, day)) return std::nullopt;
  auto const closing_day = *closes > *opens ? day : day + date::days(1);
  return Opening{date_of(day), moment_of(zone, day + *opens, date::choose::earliest),
                 moment_of(zone, closing_day + *closes, date::choose::latest)};
}

/// The one that opens first; of two that open together, the one that closes last.
bool comes_before(Opening const& left, Opening const& right) {
  if (left.opens_at != right.opens_at) return left.opens_at < right.opens_at;
  return left.closes_at > right.closes_at;
}

/// The window's first opening that has not closed.
std::optional<Opening> next_of(date::time_zone const* zone, Window const& window, date::local_days today,
                               Instant now) {
  for (int day = -1; day <= days_ahead; ++day) {
    auto const opening = opening_on(zone, window, today + date::days(day));
    if (opening && opening->closes_at > now) return opening;
  }
  return std::nullopt;
}

} // namespace

std::optional<Opening> opening_at(Service const& service, Instant now) {
  auto const* zone = zone_of(service);
  auto const today = date::floor<date::days>(local_time(zone, now));
  std::optional<Opening> best;
  for (Window const& window : service.windows) {
    auto const opening = next_of(zone, window, today, now);
    if (opening && (!best || comes_before(*opening, *best))) best = opening;
  }
  return best;
}

NightDate local_date(Service const& service, Instant now) {
  return date_of(date::floor<date::days>(local_time(zone_of(service), now)));
}

} // namespace vigie::domain
