#include "domain/nights/decide_nights.hpp"

#include "domain/nights/open_work.hpp"
#include "domain/nights/window_served.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

constexpr std::chrono::hours longest_night{16};

/// The window that is open now, or none between windows.
std::optional<Opening> open_window(Context const& context) {
  auto window = opening_at(context.service, context.intent.at);
  if (window && window->opens_at > context.intent.at) window.reset();
  return window;
}

bool comes_from_the_clock(Context const& context) { return context.intent.actor.role == Role::clock; }

Objection objection_to(Context const& context, OpenNight const& command,
                       std::optional<Opening> const& window) {
  if (context.state.night_is_open()) return object(Rejection::night_already_open);
  if (comes_from_the_clock(context) && window && is_served(context.state, *window))
    return object(Rejection::night_already_open);
  if (!window && (!command.exceptional || comes_from_the_clock(context)))
    return object(Rejection::reason_needed, "exceptional");
  if (command.closes_at <= context.intent.at) return object(Rejection::closing_time_passed, "closes_at_ms");
  if (command.closes_at > context.intent.at + longest_night)
    return object(Rejection::malformed, "closes_at_ms");
  return std::nullopt;
}

} // namespace

Outcome decide_on(Context const& context, OpenNight const& command) {
  auto const window = open_window(context);
  if (auto objection = objection_to(context, command, window)) return Failure<Refusal>(*objection);
  Instant const now = context.intent.at;
  return happened({NightOpened{.date = window ? window->date : local_date(context.service, now),
                               .at = now,
                               .closes_at = command.closes_at,
                               .exceptional = command.exceptional,
                               .forget_before = now - context.service.history_kept_for}});
}

Outcome decide_on(Context const& context, CloseNight const&) {
  if (!context.state.night_is_open()) return refuse(Rejection::night_not_open);
  if (has_open_work(context.state)) return refuse(Rejection::night_has_open_work);
  Instant const at = std::max(context.intent.at, context.state.night->entity.opened_at);
  Decision decision;
  for (auto const& [id, held] : context.state.teams)
    if (held.entity.duty != Duty::off)
      decision.events.push_back(TeamSignedOff{id, std::max(at, held.entity.since)});
  decision.events.push_back(NightClosed{at});
  return decision;
}

} // namespace vigie::domain
