#include "domain/assignments/offering.hpp"
#include "domain/calls/decide_calls.hpp"
#include "domain/finding.hpp"
#include "domain/nights/open_work.hpp"
#include "domain/nights/window_served.hpp"
#include "domain/teams/way_home.hpp"

#include <algorithm>
#include <string>

namespace vigie::domain {

using namespace protocol;

namespace {

std::string milliseconds_of(Instant moment) { return std::to_string(moment.time_since_epoch().count()); }

/// `expire-<assignment>`; of what it is about only the end, where the whole would be too long for an id.
CommandId id_about(std::string const& prefix, std::string const& subject) {
  std::size_t const room = CommandId::max_length - prefix.size();
  std::size_t const skipped = subject.size() > room ? subject.size() - room : 0;
  return CommandId{prefix + subject.substr(skipped)};
}

void add_expiries(State const& state, std::vector<Reminder>& reminders) {
  for (auto const& [id, held] : state.assignments)
    if (held.entity.status == AssignmentStatus::offered)
      reminders.push_back(
          {held.entity.answer_by + answer_grace, id_about("expire-", id.value), ExpireOffer{id}});
}

/// A call may be lost twice, so the moment is part of the id.
void add_lost_calls(State const& state, std::vector<Reminder>& reminders) {
  for (auto const& [id, held] : state.calls)
    if (auto const lost = lost_at(held.entity))
      reminders.push_back(
          {*lost, id_about("end-", id.value + "-" + milliseconds_of(*lost)), EndLostCall{id}});
}

/// A date may have several windows, so the opening's moment is part of its id. Where a night closes as the
/// next opens, the opening comes first: teams go on without being sent home.
Reminder opening_reminder(Opening const& window) {
  return {window.opens_at, CommandId{"open-" + window.date.value + "-" + milliseconds_of(window.opens_at)},
          OpenNight{window.closes_at, std::nullopt}};
}

std::optional<Reminder> next_opening(State const& state, Service const& service, Instant now) {
  auto window = unserved_window(state, service, now);
  while (window && state.taken.contains(opening_reminder(*window).id))
    window = unserved_window(state, service, window->closes_at);
  return window ? std::optional{opening_reminder(*window)} : std::nullopt;
}

/// A date may be opened twice, so the opening's moment is part of the closing's id. While work is open there
/// is none: what ends the work changes the state, and the question is asked anew.
std::optional<Reminder> closing(State const& state) {
  if (has_open_work(state)) return std::nullopt;
  Night const& night = state.night->entity;
  return Reminder{night.closes_at,
                  CommandId{"close-" + night.date.value + "-" + milliseconds_of(night.opened_at)},
                  CloseNight{}};
}

/// Who forgot to sign off goes home, though open work keeps the night from closing. The moment of a team's
/// last change is part of the id: a pair that works on is asked anew.
void add_ways_home(State const& state, std::vector<Reminder>& reminders) {
  Night const& night = state.night->entity;
  for (auto const& [id, held] : state.teams) {
    Team const& team = held.entity;
    if (team.duty == Duty::off || team.assignment) continue;
    reminders.push_back({goes_home_at(night, team),
                         id_about("home-", id.value + "-" + milliseconds_of(team.since)), SignOff{id}});
  }
}

} // namespace

std::vector<Reminder> reminders(State const& state, Service const& service, Instant now) {
  std::vector<Reminder> reminders;
  add_expiries(state, reminders);
  add_lost_calls(state, reminders);
  if (auto opening = next_opening(state, service, now)) reminders.push_back(*std::move(opening));
  if (state.night_is_open()) {
    add_ways_home(state, reminders);
    if (auto close = closing(state)) reminders.push_back(*std::move(close));
  }
  std::ranges::stable_sort(reminders, {}, &Reminder::due);
  return reminders;
}

} // namespace vigie::domain
