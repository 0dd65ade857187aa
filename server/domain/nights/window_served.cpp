#include "domain/nights/window_served.hpp"

namespace vigie::domain {

bool is_served(State const& state, Opening const& window) {
  if (!state.night) return false;
  protocol::Night const& night = state.night->entity;
  bool const covers = night.closes_at >= window.closes_at;
  bool const lasted = !night.closed_at || *night.closed_at > window.opens_at;
  return night.opened_at >= window.opens_at || (covers && lasted);
}

} // namespace vigie::domain
