#pragma once

#include "domain/decide.hpp"
#include "support/invariants.hpp"
#include "support/rennes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

/// Stories of the field: given what stands, when somebody does something, then this has happened. After each
/// step the state is checked for what can never be.
namespace vigie::tests {

using namespace protocol;
using namespace std::chrono_literals;
using domain::State;

/// A UTC moment such as `moment(2026, 11, 21, 20, 0)`.
inline Instant moment(int year, unsigned month, unsigned day, int hour, int minute) {
  using namespace std::chrono;
  return Instant(sys_days(std::chrono::year(year) / month / day)) + hours(hour) + minutes(minute);
}

/// Saturday evening at Rennes, 21:00 local time: the window opens.
inline Instant const nine_o_clock = moment(2026, 11, 21, 20, 0);

inline Actor const dispatcher{{"dora"}, Role::dispatcher, {}};
inline Actor const operator_{{"omar"}, Role::hotline_operator, {}};
inline Actor const coordinator{{"carla"}, Role::coordinator, {}};
inline Actor const telephone{{"pbx"}, Role::telephony, {}};
inline Actor const time_itself{{"clock"}, Role::clock, {}};
inline Actor handset(std::string const& team) { return {{team}, Role::team, TeamId{team}}; }

class Story {
 public:
  Service service = rennes();
  State state;
  Instant now = nine_o_clock;

  Story& later(Duration span) {
    now += span;
    return *this;
  }

  /// What was done before the story begins; it must have been possible.
  Story& given(Actor const& actor, Command command) {
    when(actor, std::move(command));
    INFO("given: " << (outcome ? "" : word(outcome.error().reason)));
    REQUIRE(outcome);
    return *this;
  }

  Story& when(Actor const& actor, Command command) { return when_made_at(now, actor, std::move(command)); }

  /// Somebody did it at another moment than it reaches the server.
  Story& when_made_at(Instant made_at, Actor const& actor, Command command) {
    domain::Intent const intent{CommandId{"c" + std::to_string(++commands)},
                                actor,
                                now,
                                made_at,
                                key_of(command),
                                std::move(command)};
    return when(intent);
  }

  Story& when(domain::Intent const& intent) {
    outcome = domain::decide(state, service, intent);
    if (!outcome) return *this;
    domain::evolve(state, Commit{state.version + 1, intent.id, intent.actor, intent.at, outcome->events});
    CHECK(broken(state) == Broken{});
    return *this;
  }

  void then_refused(Rejection reason, std::string const& path = {}) const {
    REQUIRE_FALSE(outcome);
    INFO("refused: " << word(outcome.error().reason));
    CHECK(outcome.error().reason == reason);
    if (!path.empty()) CHECK(outcome.error().path == path);
  }

  /// The names of the events that the last command led to.
  void then(std::vector<std::string> const& names) const {
    INFO("refused: " << (outcome ? "no" : word(outcome.error().reason)));
    REQUIRE(outcome);
    std::vector<std::string> happened;
    for (auto const& event : outcome->events) happened.emplace_back(domain::name_of(event));
    CHECK(happened == names);
  }

  void then_nothing_happened() const { then({}); }

  Call const& call(std::string const& id) const { return state.calls.at(CallId{id}).entity; }
  Request const& request(std::string const& id) const { return state.requests.at(RequestId{id}).entity; }
  Team const& team(std::string const& id) const { return state.teams.at(TeamId{id}).entity; }
  Assignment const& assignment(std::string const& id) const {
    return state.assignments.at(AssignmentId{id}).entity;
  }
  std::optional<domain::Reminder> reminder() const {
    auto const reminders = domain::reminders(state, service, now);
    return reminders.empty() ? std::nullopt : std::optional{reminders.front()};
  }

  Result<domain::Decision, domain::Refusal> outcome;

 private:
  static char const* word(Rejection reason) { return boost::describe::enum_to_string(reason, "?"); }

  std::optional<CallerKey> key_of(Command const& command) const {
    auto const number = domain::number_in(command, service);
    return number ? std::optional(CallerKey{"key-of-" + number->substr(1)}) : std::nullopt;
  }

  int commands = 0;
};

// What people do
// ----------------------------------------------------------------------------------------------

inline OpenNight open_night(Instant closes_at = nine_o_clock + 5h) { return {closes_at, {}}; }
inline SignOn sign_on(std::string const& team, std::vector<std::string> const& members,
                      Transport transport = Transport::on_foot) {
  SignOn command{{team}, {}, transport};
  for (auto const& member : members) command.members.push_back({member});
  return command;
}
inline OpenRequest open_request(std::string const& id) {
  OpenRequest command;
  command.request = {id};
  command.source = Source::resident_phone;
  command.category = {"noise.party"};
  command.priority = Priority::normal;
  command.quarter = {"maurepas"};
  return command;
}
inline AmendRequest amend(std::string const& id) {
  AmendRequest command;
  command.request = {id};
  return command;
}
inline OfferAssignment offer(std::string const& id, std::string const& request, std::string const& team) {
  return {{id}, {request}, {team}, false};
}
inline OfferAssignment reinforce(std::string const& id, std::string const& request, std::string const& team) {
  return {{id}, {request}, {team}, true};
}
inline AcceptAssignment accept(std::string const& id) { return {{id}}; }
inline ReportProgress progress(std::string const& id, Milestone milestone) { return {{id}, milestone}; }
inline ClearAssignment clear(std::string const& id, Disposition disposition = Disposition::calmed_on_site) {
  return {{id}, disposition, {}, {}};
}
inline ReportCall report(std::string const& id, CallStage stage, Instant at) {
  return {{id}, stage, at, {}, {}, {}, {}};
}
inline ReportCall report_from(std::string const& number, std::string const& id, CallStage stage, Instant at) {
  return {{id}, stage, at, Text<32>{number}, {}, {}, {}};
}

// What stands
// -------------------------------------------------------------------------------------------------

/// A night open, with two teams on duty.
inline Story a_night() {
  Story story;
  story.given(time_itself, open_night());
  story.given(handset("binome-1"), sign_on("binome-1", {"ana", "ben"}));
  story.given(handset("binome-2"), sign_on("binome-2", {"chloe", "driss"}));
  return story;
}

/// The same with a request that waits.
inline Story a_night_with_a_request() {
  Story story = a_night();
  story.given(operator_, open_request("r1"));
  return story;
}

/// The same with binome-1 on that request.
inline Story a_night_at_work() {
  Story story = a_night_with_a_request();
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.later(30s).given(handset("binome-1"), accept("a1"));
  return story;
}

} // namespace vigie::tests
