#pragma once

#include "domain/deciding.hpp"

/// Who may be on duty.
namespace vigie::domain {

Outcome decide_on(Context const& context, protocol::SignOn const& command);
Outcome decide_on(Context const& context, protocol::SignOff const& command);
Outcome decide_on(Context const& context, protocol::TakeBreak const& command);
Outcome decide_on(Context const& context, protocol::EndBreak const& command);

} // namespace vigie::domain
