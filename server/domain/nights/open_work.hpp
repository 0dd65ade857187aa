#pragma once

#include "domain/state.hpp"

namespace vigie::domain {

/// Whether a request is not closed, or a call rings, is with somebody or waits to be called back: a night
/// does not close on it.
bool has_open_work(State const& state);

} // namespace vigie::domain
