#pragma once

#include "domain/deciding.hpp"

/// What may become of a call.
namespace vigie::domain {

Outcome decide_on(Context const& context, protocol::ReportCall const& command);
Outcome decide_on(Context const& context, protocol::RecordCall const& command);
Outcome decide_on(Context const& context, protocol::TakeCall const& command);
Outcome decide_on(Context const& context, protocol::SettleCall const& command);
Outcome decide_on(Context const& context, protocol::JoinCall const& command);

} // namespace vigie::domain
