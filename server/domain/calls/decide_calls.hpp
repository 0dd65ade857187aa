#pragma once

#include "domain/deciding.hpp"

/// What may become of a call.
namespace vigie::domain {

Outcome decide_on(Context const& context, protocol::ReportCall const& command);
Outcome decide_on(Context const& context, protocol::RecordCall const& command);
Outcome decide_on(Context const& context, protocol::TakeCall const& command);
Outcome decide_on(Context const& context, protocol::SettleCall const& command);
Outcome decide_on(Context const& context, protocol::EndLostCall const& command);
Outcome decide_on(Context const& context, protocol::JoinCall const& command);

/// When the telephone system must have lost the call's end, should it not tell it before; none once it is
/// over.
std::optional<protocol::Instant> lost_at(protocol::Call const& call);

} // namespace vigie::domain
