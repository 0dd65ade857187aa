#pragma once

#include "domain/decide.hpp"

namespace vigie::domain {

/// Whether a night of the window's date lasted into the window: then somebody closed it early and on purpose,
/// and the clock does not open it again.
bool is_served(State const& state, Opening const& window);

} // namespace vigie::domain
