#include "domain/decide.hpp"

namespace vigie::domain {

using namespace protocol;

namespace {

/// A set of roles, one bit each.
using Roles = unsigned;
constexpr Roles one(Role role) { return 1U << static_cast<unsigned>(role); }

constexpr Roles clock_only = one(Role::clock);
constexpr Roles telephony_only = one(Role::telephony);
constexpr Roles coordinator = one(Role::coordinator);
constexpr Roles dispatch = one(Role::dispatcher) | coordinator;
constexpr Roles desk = one(Role::hotline_operator) | dispatch;
/// The handset itself, or the dispatcher in its stead, by radio.
constexpr Roles field = one(Role::team) | dispatch;

/// The table of rights: one row a command, without a default.
struct Senders {
  Roles operator()(OpenNight const&) const { return clock_only | coordinator; }
  Roles operator()(CloseNight const&) const { return clock_only | coordinator; }

  Roles operator()(ReportCall const&) const { return telephony_only; }
  Roles operator()(RecordCall const&) const { return desk; }
  Roles operator()(TakeCall const&) const { return desk; }
  Roles operator()(SettleCall const&) const { return desk; }
  Roles operator()(EndLostCall const&) const { return clock_only; }
  Roles operator()(JoinCall const&) const { return desk; }

  Roles operator()(OpenRequest const&) const { return desk | field; }
  Roles operator()(AmendRequest const&) const { return desk; }
  Roles operator()(CloseRequest const&) const { return desk; }
  Roles operator()(ReopenRequest const&) const { return desk; }

  Roles operator()(SignOn const&) const { return field; }
  Roles operator()(SignOff const&) const { return field | clock_only; }
  Roles operator()(TakeBreak const&) const { return field; }
  Roles operator()(EndBreak const&) const { return field; }

  Roles operator()(OfferAssignment const&) const { return dispatch; }
  Roles operator()(ReassignTeam const&) const { return dispatch; }
  Roles operator()(WithdrawAssignment const&) const { return dispatch; }
  Roles operator()(AcceptAssignment const&) const { return field; }
  Roles operator()(RefuseAssignment const&) const { return field; }
  Roles operator()(ReportProgress const&) const { return field; }
  Roles operator()(ClearAssignment const&) const { return field; }
  Roles operator()(ExpireOffer const&) const { return clock_only; }
};

} // namespace

bool may_send(Role role, Command const& command) { return (std::visit(Senders{}, command) & one(role)) != 0; }

} // namespace vigie::domain
