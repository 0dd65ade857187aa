#include "domain/requests/decide_requests.hpp"

#include "domain/assignments/progress.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

/// What a handset meets itself: somebody in the street, or something it saw.
bool comes_from_the_field(Source source) {
  return source == Source::resident_street || source == Source::own_initiative;
}

Objection objection_to_where(Service const& service, QuarterId const& quarter,
                             std::optional<Place> const& place) {
  if (!lists(service.quarters, quarter)) return object(Rejection::quarter_unknown, "quarter");
  if (place && place->quarter != quarter) return object(Rejection::place_in_other_quarter, "place");
  return std::nullopt;
}

/// Each sign is given once.
bool repeats(std::vector<DangerSign> signs) {
  std::sort(signs.begin(), signs.end());
  return std::adjacent_find(signs.begin(), signs.end()) != signs.end();
}

/// A pair meets no more than this at a time; a handset that asks for more is broken, or in wrong hands.
constexpr std::ptrdiff_t most_open_from_a_handset = 20;

std::ptrdiff_t open_from(State const& state, AccountId const& account) {
  return std::ranges::count_if(state.requests, [&](auto const& item) {
    Request const& request = item.second.entity;
    return request.opened_by == account && request.status != RequestStatus::closed;
  });
}

/// What a pair on duty may open from its handset.
Objection objection_to_handset(Context const& context, OpenRequest const& command) {
  auto const& actor = context.intent.actor;
  if (actor.role != Role::team) return std::nullopt;
  if (!comes_from_the_field(command.source)) return object(Rejection::not_allowed, "source");
  if (command.call) return object(Rejection::not_allowed, "call");
  auto const* team = actor.team ? find(context.state.teams, *actor.team) : nullptr;
  if (!team || team->duty == Duty::off) return object(Rejection::team_off_duty);
  if (open_from(context.state, actor.account) >= most_open_from_a_handset)
    return object(Rejection::too_many_requests);
  return std::nullopt;
}

Objection objection_to(Context const& context, OpenRequest const& command) {
  if (is_known(context.state, command.request.value))
    return object(Rejection::request_already_known, "request");
  if (!context.state.night_is_open()) return object(Rejection::night_not_open);
  if (auto objection = objection_to_handset(context, command)) return objection;
  if (!lists(context.service.categories, command.category))
    return object(Rejection::category_unknown, "category");
  if (auto objection = objection_to_where(context.service, command.quarter, command.place)) return objection;
  if (command.call && !find(context.state.calls, *command.call))
    return object(Rejection::call_unknown, "call");
  if (repeats(command.dangers)) return object(Rejection::malformed, "dangers");
  return std::nullopt;
}

/// How the request stands with the fields given in place of its own. Where it is, is said as a whole: a
/// quarter without a place takes the place away.
RequestAmended corrected(Request const& request, AmendRequest const& command) {
  return {.request = request.id,
          .category = command.category.value_or(request.category),
          .priority = command.priority.value_or(request.priority),
          .quarter = command.quarter.value_or(request.quarter),
          .place = command.place || command.quarter ? command.place : request.place,
          .dangers = command.dangers.value_or(request.dangers)};
}

bool differs(Request const& request, RequestAmended const& amended) {
  return std::tie(request.category, request.priority, request.quarter, request.place, request.dangers) !=
         std::tie(amended.category, amended.priority, amended.quarter, amended.place, amended.dangers);
}

/// Only what is named anew is looked up: what stood may have left the service's file since.
Objection objection_to(Service const& service, Request const& request, AmendRequest const& command) {
  if (command.category && !lists(service.categories, *command.category))
    return object(Rejection::category_unknown, "category");
  if (command.dangers && repeats(*command.dangers)) return object(Rejection::malformed, "dangers");
  if (!command.quarter && !command.place) return std::nullopt;
  RequestAmended const amended = corrected(request, command);
  return objection_to_where(service, amended.quarter, amended.place);
}

} // namespace

Outcome decide_on(Context const& context, OpenRequest const& command) {
  if (auto objection = objection_to(context, command)) return Failure<Refusal>(*objection);
  Night const& night = context.state.night->entity;
  Decision decision = happened({RequestOpened{.request = command.request,
                                              .number = context.state.last_request_number + 1,
                                              .night = night.date,
                                              .at = field_time(context, night.opened_at),
                                              .by = context.intent.actor.account,
                                              .source = command.source,
                                              .category = command.category,
                                              .priority = command.priority,
                                              .quarter = command.quarter,
                                              .place = command.place,
                                              .dangers = command.dangers}});
  if (command.call) decision.events.push_back(CallJoined{*command.call, command.request});
  keep(context, decision, command.request.value, command.particulars);
  return decision;
}

Outcome decide_on(Context const& context, AmendRequest const& command) {
  auto const* request = find(context.state.requests, command.request);
  if (!request) return refuse(Rejection::request_unknown, "request");
  if (request->status == RequestStatus::closed) return refuse(Rejection::request_closed);
  if (auto objection = objection_to(context.service, *request, command)) return Failure<Refusal>(*objection);
  RequestAmended const amended = corrected(*request, command);
  Decision decision;
  if (differs(*request, amended)) decision.events.push_back(amended);
  if (command.particulars) correct(context, decision, command.request.value, *command.particulars);
  return decision;
}

Outcome decide_on(Context const& context, CloseRequest const& command) {
  auto const* request = find(context.state.requests, command.request);
  if (!request) return refuse(Rejection::request_unknown, "request");
  if (request->status == RequestStatus::closed) return refuse(Rejection::request_closed);
  if (!request->assignments.empty()) return refuse(Rejection::request_has_team);
  Instant const at = field_time(context, last_milestone(context.state, *request));
  return happened({RequestClosed{command.request, at, command.disposition}});
}

Outcome decide_on(Context const& context, ReopenRequest const& command) {
  auto const* request = find(context.state.requests, command.request);
  if (!request) return refuse(Rejection::request_unknown, "request");
  if (request->status != RequestStatus::closed) return refuse(Rejection::request_not_closed);
  if (!context.state.night_is_open()) return refuse(Rejection::night_not_open);
  Night const& night = context.state.night->entity;
  Instant const last = std::max(night.opened_at, request->closed_at.value_or(night.opened_at));
  bool const has_number = request->night == night.date;
  std::optional<std::int32_t> number;
  if (!has_number) number = context.state.last_request_number + 1;
  return happened({RequestReopened{command.request, night.date, field_time(context, last), number}});
}

} // namespace vigie::domain
