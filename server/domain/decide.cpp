#include "domain/decide.hpp"

#include "domain/assignments/decide_assignments.hpp"
#include "domain/calls/decide_calls.hpp"
#include "domain/nights/decide_nights.hpp"
#include "domain/requests/decide_requests.hpp"
#include "domain/teams/decide_teams.hpp"

namespace vigie::domain {

Outcome decide(State const& state, protocol::Service const& service, Intent const& intent) {
  if (!may_send(intent.actor.role, intent.command)) return refuse(protocol::Rejection::not_allowed);
  if (is_of_another_night(intent)) return refuse(protocol::Rejection::overtaken);
  Context const context{state, service, intent};
  return std::visit([&](auto const& command) { return decide_on(context, command); }, intent.command);
}

} // namespace vigie::domain
