#include "unit/domain/story.hpp"

using namespace vigie::tests;

namespace {

/// A sound state to break: binome-1 on r1, a call answered and one missed.
State sound() {
  Story story = a_night_at_work();
  story.given(telephone, report_from("0612345678", "k1", CallStage::ended, story.now));
  story.given(telephone, report("k2", CallStage::answered, story.now));
  REQUIRE(broken(story.state).empty());
  return story.state;
}

Assignment& assignment(State& state) { return state.assignments.at({"a1"}).entity; }
Request& request(State& state) { return state.requests.at({"r1"}).entity; }
Team& team(State& state, std::string const& id) { return state.teams.at({id}).entity; }
Call& call(State& state, std::string const& id) { return state.calls.at({id}).entity; }

} // namespace

TEST_CASE("a team with two live assignments is found") {
  State state = sound();
  Assignment second = assignment(state);
  second.id = {"a2"};
  state.assignments.insert({second.id, {second, 1}});
  request(state).assignments.push_back(second.id);
  CHECK_FALSE(broken_assignments(state).empty());
}

TEST_CASE("a live assignment without its team or its request is found") {
  State state = sound();
  state.teams.erase({"binome-1"});
  CHECK_FALSE(broken_assignments(state).empty());
  state = sound();
  state.requests.erase({"r1"});
  CHECK_FALSE(broken_assignments(state).empty());
}

TEST_CASE("times that run backwards, and an end without a time, are found") {
  State state = sound();
  assignment(state).en_route_at = assignment(state).offered_at - 1ms;
  CHECK_FALSE(broken_assignments(state).empty());
  state = sound();
  assignment(state).status = AssignmentStatus::refused;
  CHECK_FALSE(broken_assignments(state).empty());
  state = sound();
  request(state).waiting_since = request(state).opened_at - 1ms;
  CHECK_FALSE(broken_requests(state).empty());
  state = sound();
  call(state, "k2").rang_at = *call(state, "k2").answered_at + 1ms;
  CHECK_FALSE(broken_calls(state).empty());
}

TEST_CASE("a request closed under its team is found") {
  State state = sound();
  request(state).status = RequestStatus::closed;
  request(state).closed_at = request(state).opened_at;
  request(state).disposition = Disposition::cancelled;
  CHECK_FALSE(broken_requests(state).empty());
}

TEST_CASE("a request that counts on a team that has left is found") {
  State state = sound();
  assignment(state).status = AssignmentStatus::cleared;
  assignment(state).ended_at = assignment(state).accepted_at;
  CHECK_FALSE(broken_requests(state).empty());
}

TEST_CASE("a team that stays busy after its work is found") {
  State state = sound();
  assignment(state).status = AssignmentStatus::cleared;
  CHECK_FALSE(broken_teams(state).empty());
}

TEST_CASE("a team with an assignment on its break is found") {
  State state = sound();
  team(state, "binome-1").duty = Duty::on_break;
  CHECK_FALSE(broken_teams(state).empty());
}

TEST_CASE("a mediator in two teams is found") {
  State state = sound();
  team(state, "binome-2").members.push_back({"ana"});
  CHECK_FALSE(broken_teams(state).empty());
}

TEST_CASE("a call that is nowhere is found") {
  State state = sound();
  call(state, "k2").ended_at = call(state, "k2").rang_at;
  CHECK_FALSE(broken_calls(state).empty());
  state = sound();
  call(state, "k1").status = CallStatus::settled;
  CHECK_FALSE(broken_calls(state).empty());
}

TEST_CASE("a caller who stands on the missed list twice is found") {
  State state = sound();
  Call again = call(state, "k1");
  again.id = {"k3"};
  state.calls.insert({again.id, {again, 1}});
  CHECK_FALSE(broken_calls(state).empty());
}

TEST_CASE("a night closed on open work or on teams on duty is found") {
  State state = sound();
  state.night->entity.closed_at = state.night->entity.closes_at;
  CHECK(broken_night(state).size() == 3);
}
