#pragma once

#include "domain/deciding.hpp"

/// What may become of an assignment.
namespace vigie::domain {

Outcome decide_on(Context const& context, protocol::OfferAssignment const& command);
Outcome decide_on(Context const& context, protocol::ReassignTeam const& command);
Outcome decide_on(Context const& context, protocol::WithdrawAssignment const& command);
Outcome decide_on(Context const& context, protocol::AcceptAssignment const& command);
Outcome decide_on(Context const& context, protocol::RefuseAssignment const& command);
Outcome decide_on(Context const& context, protocol::ExpireOffer const& command);
Outcome decide_on(Context const& context, protocol::ReportProgress const& command);
Outcome decide_on(Context const& context, protocol::ClearAssignment const& command);

} // namespace vigie::domain
