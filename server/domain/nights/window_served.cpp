#include "domain/nights/window_served.hpp"

namespace vigie::domain {

bool is_served(State const& state, Opening const& window) {
  if (!state.night || state.night->entity.date != window.date) return false;
  auto const& closed_at = state.night->entity.closed_at;
  return !closed_at || *closed_at > window.opens_at;
}

} // namespace vigie::domain
