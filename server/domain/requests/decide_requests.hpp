#pragma once

#include "domain/deciding.hpp"

/// What may become of a request.
namespace vigie::domain {

Outcome decide_on(Context const& context, protocol::OpenRequest const& command);
Outcome decide_on(Context const& context, protocol::AmendRequest const& command);
Outcome decide_on(Context const& context, protocol::CloseRequest const& command);
Outcome decide_on(Context const& context, protocol::ReopenRequest const& command);

} // namespace vigie::domain
