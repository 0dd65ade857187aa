#pragma once

#include "domain/decide.hpp"

namespace vigie::domain {

/// Whether the window has its night: one that was opened in it, or one from before that is to last through it
/// and was still open then. Where somebody closed that early and on purpose, the clock does not open it
/// again.
bool is_served(State const& state, Opening const& window);

/// The first window, open at `now` or later, that has no night yet: the one that the clock opens.
/// None where there is none among the next eight.
std::optional<Opening> unserved_window(State const& state, protocol::Service const& service,
                                       protocol::Instant now);

} // namespace vigie::domain
