#include "domain/views.hpp"
#include "unit/domain/story.hpp"

#include <random>

using namespace vigie::tests;

namespace {

/// A small world in which anybody wants anything, often what is impossible.
class World {
 public:
  World(std::uint64_t seed, State const& the_state) : chance(seed), state(the_state) {}

  /// In the quiet hours work is only brought to its end, so that nights close.
  Command command(Instant now, bool quiet) {
    static std::vector<int> const busy_hours = {0,  1,  2,  3,  4,  5,  6,  7,  8,  10, 11, 11,
                                                12, 13, 14, 15, 16, 16, 17, 18, 19, 19, 20, 20,
                                                20, 20, 21, 22, 22, 22, 23, 23, 24, 25};
    static std::vector<int> const quiet_hours = {1, 2, 3, 8, 9, 13, 13, 19, 23, 24, 25};
    auto const& kinds = quiet ? quiet_hours : busy_hours;
    switch (kinds[below(kinds.size())]) {
    case 0: return OpenNight{now + Duration(below(20 * 3'600'000)), maybe(ExceptionalReason::event)};
    case 1: return CloseNight{};
    case 2:
    case 3: return ReportCall{call(), CallStage::ended, now, {}, {}, {}, CallEnd::caller_hung_up};
    case 4:
    case 5: return any_report(now);
    case 6: return any_record();
    case 7: return TakeCall{call()};
    case 8:
    case 9: return SettleCall{call(), one_of<CallSettlement>(4)};
    case 10: return JoinCall{call(), request()};
    case 11: return any_request();
    case 12: return any_amendment();
    case 13: return CloseRequest{request(), one_of<Disposition>(13)};
    case 14: return ReopenRequest{request()};
    case 15:
    case 16: return any_sign_on();
    case 17: return SignOff{team()};
    case 18: return TakeBreak{team()};
    case 19: return EndBreak{team()};
    case 20: return OfferAssignment{new_assignment(), request(), team(), coin()};
    case 21: return ReassignTeam{assignment(), new_assignment(), request(), coin()};
    case 22: return AcceptAssignment{assignment()};
    case 23: return ReportProgress{assignment(), one_of<Milestone>(3)};
    case 24: return ClearAssignment{assignment(), one_of<Disposition>(13), Headcount{2}, Words{"note"}};
    default: return any_end();
    }
  }

  /// Mostly somebody who may, sometimes anybody.
  Actor actor(Command const& command) {
    std::vector<Actor> const all = {operator_,   dispatcher,
                                    coordinator, telephone,
                                    time_itself, handset("binome-" + std::to_string(1 + below(4)))};
    for (int attempt = 0; attempt < 12; ++attempt) {
      Actor const& actor = all[below(all.size())];
      if (vigie::domain::may_send(actor.role, command)) return actor;
    }
    return all[below(all.size())];
  }

  /// Seconds at work; without an open night, often hours.
  Duration pause() {
    bool const sleeps = !state.night_is_open() && below(10) == 0;
    return Duration(below(sleeps ? 8 * 3'600'000 : 15'000));
  }
  Duration delay() { return coin() ? 0ms : Duration(below(1'800'000)); }

 private:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(chance);
  }
  bool coin() { return below(2) == 0; }
  template <class Enum> Enum one_of(std::size_t count) { return static_cast<Enum>(below(count)); }
  template <class Value> std::optional<Value> maybe(Value value) {
    return coin() ? std::optional(std::move(value)) : std::nullopt;
  }

  /// Often one that is not finished, else one of the latest, so that ids meet; now and then a new one.
  CallId call() {
    for (auto const& [id, held] : state.calls)
      if (!held.entity.ended_at || held.entity.status == CallStatus::missed)
        if (coin()) return id;
    if (below(3) == 0) ++calls;
    return {"k" + std::to_string(calls - below(std::min<std::size_t>(calls, 5) + 1))};
  }
  RequestId request() {
    for (auto const& [id, held] : state.requests)
      if (held.entity.status != RequestStatus::closed && coin()) return id;
    return {"r" + std::to_string(requests - below(std::min<std::size_t>(requests, 4) + 1))};
  }

  /// Mostly one that a team is on, else any.
  AssignmentId assignment() {
    auto const team = state.teams.find(this->team());
    if (team != state.teams.end() && team->second.entity.assignment) return *team->second.entity.assignment;
    return {"a" + std::to_string(assignments - below(std::min<std::size_t>(assignments, 4) + 1))};
  }
  AssignmentId new_assignment() { return {"a" + std::to_string(++assignments)}; }
  TeamId team() { return {"binome-" + std::to_string(1 + below(5))}; }
  Text<32> number() { return {"061234567" + std::to_string(below(4))}; }

  Command any_report(Instant now) {
    return ReportCall{call(),
                      one_of<CallStage>(6),
                      now - delay(),
                      maybe(number()),
                      maybe(number()),
                      maybe(AccountId{coin() ? "omar" : "dora"}),
                      maybe(CallEnd::abandoned)};
  }
  Command any_record() {
    RecordCall record{call(), {}};
    record.particulars.number = maybe(number());
    return record;
  }
  Command any_request() {
    OpenRequest open = open_request("r" + std::to_string(requests += below(2)));
    open.priority = one_of<Priority>(3);
    open.source = coin() ? Source::resident_street : Source::police;
    open.call = maybe(call());
    PlaceId const building{coin() ? "p1" : "p2"};
    open.place = maybe(Place{building, open.quarter, {"L"}, {"E"}, {"S"}, {"1"}, {""}, {{-1.6}, {48.1}}});
    return open;
  }
  Command any_amendment() {
    AmendRequest command = amend(request().value);
    command.priority = maybe(one_of<Priority>(3));
    command.quarter = maybe(QuarterId{coin() ? "maurepas" : "villejean"});
    return command;
  }
  Command any_sign_on() {
    std::vector<std::string> const members = {"ana", "ben", "chloe", "driss", "emma", "farid", "zoe"};
    return sign_on(team().value, {members[below(7)], members[below(7)]});
  }
  Command any_end() {
    switch (below(4)) {
    case 0: return RefuseAssignment{assignment(), one_of<RefusalReason>(6)};
    case 1: return ExpireOffer{assignment()};
    case 2: return EndLostCall{call()};
    default: return WithdrawAssignment{assignment(), one_of<WithdrawalReason>(4)};
    }
  }

  std::mt19937_64 chance;
  State const& state;
  std::size_t calls = 0;
  std::size_t requests = 0;
  std::size_t assignments = 0;
};

using Counts = std::map<std::string, int>;

void count(Story const& story, Counts& happened) {
  if (!story.outcome) return;
  for (auto const& event : story.outcome->events) ++happened[std::string(vigie::domain::name_of(event))];
}

std::string told(Counts const& happened) {
  std::string text;
  for (auto const& [name, times] : happened) text += name + " " + std::to_string(times) + ", ";
  return text;
}

/// Sends what time owes, as an engine does, until it owes nothing more.
std::size_t let_time_act(Story& story, Counts& happened) {
  std::size_t sent = 0;
  for (auto reminder = story.reminder(); reminder && reminder->due <= story.now;
       reminder = story.reminder()) {
    INFO("reminder " << reminder->id.value);
    story.when({reminder->id, time_itself, story.now, story.now, std::nullopt, reminder->command});
    REQUIRE(story.outcome); // a reminder that is refused would be owed for ever
    count(story, happened);
    REQUIRE(++sent < 100);
  }
  return sent;
}

/// A handset as long as nothing is sent to it.
class Handset {
 public:
  Handset(TeamId team, State const& state) : team_(std::move(team)), state_(state), shown_(now()) {}

  /// Whether it shows what there is to be shown; it is sent that where the change concerns it.
  bool follows() {
    bool const told = concerned(state_, touched_since(state_, version_)).contains(team_);
    version_ = state_.version;
    auto const should_show = now();
    if (told) shown_ = should_show;
    return shown_.night == should_show.night && shown_.teams == should_show.teams &&
           shown_.requests == should_show.requests && shown_.assignments == should_show.assignments;
  }

 private:
  Entities now() const {
    return team_whole(state_, team_, [](auto const&) { return std::nullopt; }).entities;
  }

  TeamId team_;
  State const& state_;
  Entities shown_;
  Version version_ = 0;
};

} // namespace

TEST_CASE("twenty thousand wishes, possible or not, never lead to what can never be") {
  auto const seed = GENERATE(2026u, 1996u);
  INFO("seed " << seed);
  Story story;
  World world(seed, story.state);
  Counts happened;
  std::size_t owed = 0;
  Handset handset({"binome-1"}, story.state);
  for (int step = 0; step < 10'000; ++step) {
    INFO("step " << step);
    story.later(world.pause());
    owed += let_time_act(story, happened);
    Command const command = world.command(story.now, step % 1000 >= 850);
    Instant const made_at = story.now - world.delay();
    Actor const actor = world.actor(command);
    story.when_made_at(made_at, actor, command);
    if (story.outcome)
      for (auto const& event : story.outcome->events) ++happened[std::string(vigie::domain::name_of(event))];
    REQUIRE(broken(story.state) == Broken{});
    REQUIRE(handset.follows());
  }
  INFO("happened: " << told(happened));
  CHECK(happened.size() == std::variant_size_v<Event>); // the world is not too small for any of them
  CHECK(owed > 10);
  auto const snapshot = vigie::domain::snapshot_of(story.state);
  auto const again = vigie::domain::snapshot_of(vigie::domain::state_from(snapshot));
  CHECK(again.calls == snapshot.calls);
  CHECK(again.requests == snapshot.requests);
  CHECK(again.assignments == snapshot.assignments);
}
