#include "domain/assignments/offering.hpp"
#include "domain/calls/decide_calls.hpp"
#include "domain/finding.hpp"
#include "domain/nights/open_work.hpp"
#include "domain/nights/window_served.hpp"

#include <string>

namespace vigie::domain {

using namespace protocol;

namespace {

/// Windows looked at before giving up on an opening: more than a day has.
constexpr int windows_ahead = 8;

std::string milliseconds_of(Instant moment) { return std::to_string(moment.time_since_epoch().count()); }

/// `expire-<assignment>`; of what it is about only the end, where the whole would be too long for an id.
CommandId id_about(std::string const& prefix, std::string const& subject) {
  std::size_t const room = CommandId::max_length - prefix.size();
  std::size_t const skipped = subject.size() > room ? subject.size() - room : 0;
  return CommandId{prefix + subject.substr(skipped)};
}

void keep_earlier(std::optional<Reminder>& earliest, std::optional<Reminder> candidate) {
  if (candidate && (!earliest || candidate->due < earliest->due)) earliest = std::move(candidate);
}

std::optional<Reminder> next_expiry(State const& state) {
  std::optional<Reminder> earliest;
  for (auto const& [id, held] : state.assignments)
    if (held.entity.status == AssignmentStatus::offered)
      keep_earlier(earliest, Reminder{held.entity.answer_by + answer_grace, id_about("expire-", id.value),
                                      ExpireOffer{id}});
  return earliest;
}

std::optional<Reminder> next_lost_call(State const& state) {
  std::optional<Reminder> earliest;
  for (auto const& [id, held] : state.calls)
    if (auto const lost = lost_at(held.entity))
      keep_earlier(earliest, Reminder{*lost, id_about("end-", id.value), EndLostCall{id}});
  return earliest;
}

/// A date may have several windows, so the opening's moment is part of its id. Where a night closes as the
/// next opens, the opening comes first: teams go on without being sent home.
Reminder opening_reminder(Opening const& window) {
  return {window.opens_at, CommandId{"open-" + window.date.value + "-" + milliseconds_of(window.opens_at)},
          OpenNight{window.closes_at, std::nullopt}};
}

std::optional<Reminder> next_opening(State const& state, Service const& service, Instant now) {
  auto window = opening_at(service, now);
  for (int looked_at = 0; window && looked_at < windows_ahead; ++looked_at) {
    Reminder reminder = opening_reminder(*window);
    if (!is_served(state, *window) && !state.taken.contains(reminder.id)) return reminder;
    window = opening_at(service, window->closes_at);
  }
  return std::nullopt;
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

} // namespace

std::optional<Reminder> next_reminder(State const& state, Service const& service, Instant now) {
  std::optional<Reminder> earliest = next_expiry(state);
  keep_earlier(earliest, next_lost_call(state));
  keep_earlier(earliest, next_opening(state, service, now));
  if (state.night_is_open()) keep_earlier(earliest, closing(state));
  return earliest;
}

} // namespace vigie::domain
