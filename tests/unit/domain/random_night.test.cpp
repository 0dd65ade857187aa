#include "unit/domain/story.hpp"

#include <random>

using namespace vigie::tests;

namespace {

/// A small world in which anybody wants anything, often what is impossible.
class World {
 public:
  explicit World(std::uint64_t seed) : chance(seed) {}

  Command command(Instant now) {
    switch (below(26)) {
    case 0: return OpenNight{now + Duration(below(20 * 3'600'000)), maybe(ExceptionalReason::event)};
    case 1: return CloseNight{};
    case 2:
    case 3:
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

  Duration pause() { return Duration(below(below(200) == 0 ? 8 * 3'600'000 : 40'000)); }
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

  /// One of the latest things of a kind, so that ids meet; now and then a new one.
  std::string recent(char kind, std::size_t& count) {
    if (below(3) == 0) ++count;
    std::size_t const back = below(std::min<std::size_t>(count, 5) + 1);
    return kind + std::to_string(count - back);
  }
  CallId call() { return {recent('k', calls)}; }
  RequestId request() {
    return {"r" + std::to_string(requests - below(std::min<std::size_t>(requests, 4) + 1))};
  }
  AssignmentId assignment() {
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
    switch (below(3)) {
    case 0: return RefuseAssignment{assignment(), one_of<RefusalReason>(6)};
    case 1: return ExpireOffer{assignment()};
    default: return WithdrawAssignment{assignment(), one_of<WithdrawalReason>(4)};
    }
  }

  std::mt19937_64 chance;
  std::size_t calls = 0;
  std::size_t requests = 0;
  std::size_t assignments = 0;
};

/// Sends what time owes, as an engine does, until it owes nothing more.
std::size_t let_time_act(Story& story) {
  std::size_t sent = 0;
  for (auto reminder = story.reminder(); reminder && reminder->due <= story.now;
       reminder = story.reminder()) {
    INFO("reminder " << reminder->id.value);
    story.when({reminder->id, time_itself, story.now, story.now, std::nullopt, reminder->command});
    REQUIRE(story.outcome); // a reminder that is refused would be owed for ever
    REQUIRE(++sent < 100);
  }
  return sent;
}

} // namespace

TEST_CASE("twenty thousand wishes, possible or not, never lead to what can never be") {
  auto const seed = GENERATE(2026u, 1996u);
  INFO("seed " << seed);
  World world(seed);
  Story story;
  std::size_t taken = 0;
  std::size_t owed = 0;
  for (int step = 0; step < 10'000; ++step) {
    INFO("step " << step);
    story.later(world.pause());
    owed += let_time_act(story);
    Command const command = world.command(story.now);
    Instant const made_at = story.now - world.delay();
    Actor const actor = world.actor(command);
    story.when_made_at(made_at, actor, command);
    taken += story.outcome ? 1 : 0;
    REQUIRE(broken(story.state) == Broken{});
  }
  CHECK(taken > 1000);
  CHECK(owed > 10);
  auto const snapshot = vigie::domain::snapshot_of(story.state);
  auto const again = vigie::domain::snapshot_of(vigie::domain::state_from(snapshot));
  CHECK(again.calls == snapshot.calls);
  CHECK(again.requests == snapshot.requests);
  CHECK(again.assignments == snapshot.assignments);
}
