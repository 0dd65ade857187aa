#pragma once

#include "domain/deciding.hpp"

/// When a night may open and close.
namespace vigie::domain {

Outcome decide_on(Context const& context, protocol::OpenNight const& command);
Outcome decide_on(Context const& context, protocol::CloseNight const& command);

} // namespace vigie::domain
