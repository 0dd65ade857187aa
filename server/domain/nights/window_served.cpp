#include "domain/nights/window_served.hpp"

namespace vigie::domain {
namespace {

/// More than a day has.
constexpr int windows_ahead = 8;

} // namespace

bool is_served(State const& state, Opening const& window) {
  if (!state.night) return false;
  protocol::Night const& night = state.night->entity;
  bool const covers = night.closes_at >= window.closes_at;
  bool const lasted = !night.closed_at || *night.closed_at > window.opens_at;
  return night.opened_at >= window.opens_at || (covers && lasted);
}

std::optional<Opening> unserved_window(State const& state, protocol::Service const& service,
                                       protocol::Instant now) {
  auto window = opening_at(service, now);
  for (int looked_at = 0; window && is_served(state, *window); ++looked_at) {
    if (looked_at == windows_ahead) return std::nullopt;
    window = opening_at(service, window->closes_at);
  }
  return window;
}

} // namespace vigie::domain
