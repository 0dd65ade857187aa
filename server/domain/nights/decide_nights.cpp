#include "domain/nights/decide_nights.hpp"

#include "domain/nights/open_work.hpp"
#include "domain/nights/window_served.hpp"

#include <algorithm>
#include <tuple>

namespace vigie::domain {

using namespace protocol;

namespace {

/// The longest night that somebody opens by hand; the hours of a service may be longer.
constexpr std::chrono::hours longest_night{16};

bool comes_from_the_clock(Context const& context) { return context.intent.actor.role == Role::clock; }

/// The window that is open now, or none between windows. Where two are, the clock is after the one that has
/// no night yet.
std::optional<Opening> open_window(Context const& context) {
  auto const& [state, service, now] = std::tie(context.state, context.service, context.intent.at);
  auto window = opening_at(service, now);
  if (comes_from_the_clock(context) && window && is_served(state, *window)) {
    auto const other = unserved_window(state, service, now);
    if (other && other->opens_at <= now) window = other;
  }
  if (window && window->opens_at > now) window.reset();
  return window;
}

/// Whether somebody sends late what they wanted before the night's present state was recorded: it meant
/// another night.
bool is_overtaken(Context const& context) {
  if (!context.state.night) return false;
  Night const& night = context.state.night->entity;
  return was_made_before(context.intent, night.closed_at.value_or(night.opened_at));
}

Objection objection_to(Context const& context, OpenNight const& command,
                       std::optional<Opening> const& window) {
  bool const taken = comes_from_the_clock(context) && window ? is_served(context.state, *window)
                                                             : context.state.night_is_open();
  if (taken) return object(Rejection::night_already_open);
  if (is_overtaken(context)) return object(Rejection::overtaken);
  if (!window && (!command.exceptional || comes_from_the_clock(context)))
    return object(Rejection::reason_needed, "exceptional");
  if (command.closes_at <= context.intent.at) return object(Rejection::closing_time_passed, "closes_at_ms");
  Instant const longest = context.intent.at + longest_night;
  if (command.closes_at > (window ? std::max(longest, window->closes_at) : longest))
    return object(Rejection::malformed, "closes_at_ms");
  return std::nullopt;
}

void send_all_home(Context const& context, std::vector<Event>& events) {
  for (auto const& [id, held] : context.state.teams)
    if (held.entity.duty != Duty::off)
      events.push_back(TeamSignedOff{id, std::max(context.intent.at, held.entity.since)});
}

void close(Context const& context, std::vector<Event>& events) {
  events.push_back(NightClosed{std::max(context.intent.at, context.state.night->entity.opened_at)});
}

} // namespace

Outcome decide_on(Context const& context, OpenNight const& command) {
  auto const window = open_window(context);
  if (auto objection = objection_to(context, command, window)) return Failure<Refusal>(*objection);
  Instant const now = context.intent.at;
  Decision decision;
  if (context.state.night_is_open()) close(context, decision.events); // what is worked on goes over
  decision.events.push_back(NightOpened{.date = window ? window->date : local_date(context.service, now),
                                        .at = now,
                                        .closes_at = command.closes_at,
                                        .exceptional = command.exceptional,
                                        .forget_before = now - context.service.history_kept_for});
  return decision;
}

Outcome decide_on(Context const& context, CloseNight const&) {
  if (!context.state.night_is_open()) return refuse(Rejection::night_not_open);
  if (is_overtaken(context)) return refuse(Rejection::overtaken);
  if (has_open_work(context.state)) return refuse(Rejection::night_has_open_work);
  Decision decision;
  send_all_home(context, decision.events);
  close(context, decision.events);
  return decision;
}

} // namespace vigie::domain
