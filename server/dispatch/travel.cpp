#include "dispatch/travel.hpp"

#include "dispatch/recommend.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vigie::dispatch {

using namespace protocol;

namespace {

constexpr double earth_radius_m = 6'371'008.8;
/// To get into the car, and to find a place to leave it.
constexpr std::chrono::seconds parking{90};
/// Slower than this nobody is; a service's file that says so is read as standing still for a very long time.
constexpr double slowest_m_per_s = 0.1;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

double squared_sine_of_half(double angle) {
  double const sine = std::sin(angle / 2);
  return sine * sine;
}

Duration time_at(MetresPerSecond speed, double metres) {
  return std::chrono::round<Duration>(
      std::chrono::duration<double>(metres / std::max(speed.value, slowest_m_per_s)));
}

Duration time_needed(double metres, Transport transport, TravelRules const& rules) {
  Duration const on_foot = time_at(rules.walking, metres);
  switch (transport) {
  case Transport::on_foot: return on_foot;
  case Transport::bicycle: return time_at(rules.cycling, metres);
  case Transport::car: return std::min<Duration>(on_foot, time_at(rules.driving, metres) + parking);
  }
  return on_foot;
}

} // namespace

double distance_between(Point const& from, Point const& to) {
  double const from_lat = radians(from.lat.value);
  double const to_lat = radians(to.lat.value);
  double const haversine =
      squared_sine_of_half(to_lat - from_lat) +
      std::cos(from_lat) * std::cos(to_lat) * squared_sine_of_half(radians(to.lon.value - from.lon.value));
  return 2 * earth_radius_m * std::asin(std::sqrt(std::clamp(haversine, 0.0, 1.0)));
}

Travel travel_between(Point const& from, Point const& to, Transport transport, TravelRules const& rules) {
  double const metres = distance_between(from, to) * rules.detour;
  return {Metres{std::min(metres, Metres::max)}, time_needed(metres, transport, rules)};
}

} // namespace vigie::dispatch
