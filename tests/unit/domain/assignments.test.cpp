#include "unit/domain/story.hpp"

using namespace vigie::tests;

TEST_CASE("a team accepts, goes, arrives, speaks, reports, and is free; the request closes with it") {
  Story story = a_night_with_a_request();
  story.when(dispatcher, offer("a1", "r1", "binome-1"));
  story.then({"assignment_offered"});
  CHECK(story.request("r1").status == RequestStatus::assigned);
  CHECK(story.assignment("a1").answer_by == story.now + 2min);
  story.later(20s).when(handset("binome-1"), accept("a1"));
  story.then({"assignment_accepted"});
  story.later(1min).given(handset("binome-1"), progress("a1", Milestone::en_route));
  story.later(5min).given(handset("binome-1"), progress("a1", Milestone::on_site));
  story.later(2min).given(handset("binome-1"), progress("a1", Milestone::contact_made));
  ClearAssignment done = clear("a1");
  done.people = Headcount{6};
  done.report = Words{"music lowered"};
  story.later(10min).when(handset("binome-1"), done);
  story.then({"assignment_cleared", "request_closed", "confidence_kept"});
  CHECK(story.outcome->confidences.at(0).particulars.report == Words{"music lowered"});
  CHECK(story.request("r1").disposition == Disposition::calmed_on_site);
  CHECK_FALSE(story.team("binome-1").assignment);
  CHECK(story.team("binome-1").since == story.now);
}

TEST_CASE("an offer goes to a free team on duty, for a request that is open") {
  Story story = a_night_with_a_request();
  story.when(dispatcher, offer("a1", "r9", "binome-1"));
  story.then_refused(Rejection::request_unknown, "request");
  story.when(dispatcher, offer("a1", "r1", "binome-9"));
  story.then_refused(Rejection::team_unknown, "team");
  story.when(dispatcher, offer("a1", "r1", "binome-3"));
  story.then_refused(Rejection::team_off_duty, "team");
  story.given(handset("binome-2"), TakeBreak{{"binome-2"}});
  story.when(dispatcher, offer("a1", "r1", "binome-2"));
  story.then_refused(Rejection::team_on_break, "team");
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.when(dispatcher, offer("a1", "r1", "binome-1"));
  story.then_refused(Rejection::assignment_already_known);
  story.when(dispatcher, reinforce("a2", "r1", "binome-1"));
  story.then_refused(Rejection::already_on_this_request);
  story.given(operator_, open_request("r2"));
  story.when(dispatcher, offer("a2", "r2", "binome-1"));
  story.then_refused(Rejection::team_has_assignment, "team");
  story.given(operator_, CloseRequest{{"r2"}, Disposition::duplicate});
  story.when(dispatcher, offer("a2", "r2", "binome-2"));
  story.then_refused(Rejection::request_closed, "request");
}

TEST_CASE("no offer is made while no night is open") {
  Story story = a_night_with_a_request();
  story.given(operator_, CloseRequest{{"r1"}, Disposition::cancelled});
  story.given(coordinator, CloseNight{});
  story.when(dispatcher, offer("a1", "r1", "binome-1"));
  story.then_refused(Rejection::night_not_open);
}

TEST_CASE("a second team comes only as a reinforcement, and the last to clear closes the request") {
  Story story = a_night_at_work();
  story.when(dispatcher, offer("a2", "r1", "binome-2"));
  story.then_refused(Rejection::request_already_covered);
  story.when(dispatcher, reinforce("a2", "r1", "binome-2"));
  story.then({"assignment_offered"});
  CHECK(story.assignment("a2").reinforcement);
  story.given(handset("binome-2"), accept("a2"));
  story.when(handset("binome-1"), clear("a1"));
  story.then({"assignment_cleared"});
  CHECK(story.request("r1").status == RequestStatus::assigned);
  story.when(handset("binome-2"), clear("a2", Disposition::nothing_seen));
  story.then({"assignment_cleared", "request_closed"});
  CHECK(story.request("r1").disposition == Disposition::nothing_seen);
}

TEST_CASE("a reinforcement for a request that nobody is on is none") {
  Story story = a_night_with_a_request();
  story.given(dispatcher, reinforce("a1", "r1", "binome-1"));
  CHECK_FALSE(story.assignment("a1").reinforcement);
}

TEST_CASE("a refused offer leaves the request waiting as long as before, and the team free") {
  Story story = a_night_with_a_request();
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.later(40s).when(handset("binome-1"), RefuseAssignment{{"a1"}, RefusalReason::too_far});
  story.then({"assignment_refused"});
  CHECK(story.assignment("a1").refusal == RefusalReason::too_far);
  CHECK(story.request("r1").status == RequestStatus::waiting);
  CHECK(story.request("r1").waiting_since == story.now - 40s);
  CHECK_FALSE(story.team("binome-1").assignment);
  story.when(handset("binome-1"), accept("a1"));
  story.then_refused(Rejection::assignment_ended);
}

TEST_CASE("an offer stands for its time though what it is about was recorded by a clock that was ahead") {
  Story story = a_night_with_a_request();
  story.later(1h).given(dispatcher, open_request("r2"));
  story.later(-1h).given(dispatcher, offer("a1", "r2", "binome-1"));
  CHECK(story.assignment("a1").answer_by == story.now + 2min);
  story.later(2min).when(time_itself, ExpireOffer{{"a1"}});
  story.then({"offer_expired"});
}

TEST_CASE("an offer expires when its time is up, not before") {
  Story story = a_night_with_a_request();
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.later(2min - 1ms).when(time_itself, ExpireOffer{{"a1"}});
  story.then_refused(Rejection::assignment_not_due);
  story.later(1ms).when(time_itself, ExpireOffer{{"a1"}});
  story.then({"offer_expired"});
  CHECK(story.request("r1").status == RequestStatus::waiting);
  CHECK_FALSE(story.team("binome-1").assignment);
  story.when(time_itself, ExpireOffer{{"a1"}});
  story.then_refused(Rejection::assignment_ended);
}

TEST_CASE("an acceptance counts up to five seconds late, or when it was made in time") {
  Story story = a_night_with_a_request();
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.later(2min + 5s).when(handset("binome-1"), accept("a1"));
  story.then_refused(Rejection::assignment_ended);
  story.when_made_at(story.now - 10s, handset("binome-1"), accept("a1"));
  story.then({"assignment_accepted"});
  CHECK(story.assignment("a1").accepted_at == story.now - 10s);
}

TEST_CASE("an offer is answered once") {
  Story story = a_night_at_work();
  story.when(handset("binome-1"), accept("a1"));
  story.then_refused(Rejection::assignment_not_offered);
  story.when(handset("binome-1"), RefuseAssignment{{"a1"}, RefusalReason::other});
  story.then_refused(Rejection::assignment_not_offered);
  story.when(handset("binome-1"), accept("a9"));
  story.then_refused(Rejection::assignment_unknown);
}

TEST_CASE("steps may be skipped, never taken back, and none comes before the acceptance") {
  Story story = a_night_with_a_request();
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.when(handset("binome-1"), progress("a1", Milestone::en_route));
  story.then_refused(Rejection::assignment_not_accepted);
  story.when(handset("binome-1"), clear("a1"));
  story.then_refused(Rejection::assignment_not_accepted);
  story.given(handset("binome-1"), accept("a1"));
  story.when(handset("binome-1"), progress("a1", Milestone::on_site));
  story.then({"progress_reported"});
  CHECK_FALSE(story.assignment("a1").en_route_at);
  story.when(handset("binome-1"), progress("a1", Milestone::en_route));
  story.then_refused(Rejection::milestone_passed);
  story.when(handset("binome-1"), progress("a1", Milestone::on_site));
  story.then_refused(Rejection::milestone_passed);
}

TEST_CASE("steps reported from a cellar keep the time at which they were taken") {
  Story story = a_night_at_work();
  story.later(30min);
  story.when_made_at(story.now - 20min, handset("binome-1"), progress("a1", Milestone::on_site));
  CHECK(story.assignment("a1").on_site_at == story.now - 20min);
  story.when_made_at(story.now - 25min, handset("binome-1"), progress("a1", Milestone::contact_made));
  CHECK(story.assignment("a1").contact_made_at == story.now - 20min);
}

TEST_CASE("a busy team is sent elsewhere in one step, and what it did stays") {
  Story story = a_night_at_work();
  story.given(handset("binome-1"), progress("a1", Milestone::on_site));
  story.given(operator_, open_request("r2"));
  story.later(1min).when(dispatcher, ReassignTeam{{"a1"}, {"a2"}, {"r2"}, false});
  story.then({"assignment_withdrawn", "assignment_offered"});
  CHECK(story.assignment("a1").withdrawal == WithdrawalReason::reassigned);
  CHECK(story.assignment("a1").on_site_at.has_value());
  CHECK(story.request("r1").status == RequestStatus::waiting);
  CHECK(story.team("binome-1").assignment == AssignmentId{"a2"});
}

TEST_CASE(
    "a team sent elsewhere by a process whose clock is behind leaves no earlier than it did its last step") {
  Story story = a_night_at_work();
  auto const then = story.later(5min).now;
  story.given(handset("binome-1"), progress("a1", Milestone::on_site));
  story.given(operator_, open_request("r2"));
  story.later(-1h).given(dispatcher, ReassignTeam{{"a1"}, {"a2"}, {"r2"}, false});
  CHECK(story.assignment("a1").ended_at == then);
  CHECK(story.assignment("a2").offered_at == then);
}

TEST_CASE("sending a team elsewhere has the conditions of an offer") {
  Story story = a_night_at_work();
  story.when(dispatcher, ReassignTeam{{"a9"}, {"a2"}, {"r1"}, false});
  story.then_refused(Rejection::assignment_unknown, "from");
  story.when(dispatcher, ReassignTeam{{"a1"}, {"a2"}, {"r1"}, true});
  story.then_refused(Rejection::already_on_this_request);
  story.when(dispatcher, ReassignTeam{{"a1"}, {"a1"}, {"r1"}, false});
  story.then_refused(Rejection::assignment_already_known);
  story.given(operator_, open_request("r2"));
  story.given(dispatcher, offer("a2", "r2", "binome-2"));
  story.when(dispatcher, ReassignTeam{{"a1"}, {"a3"}, {"r2"}, false});
  story.then_refused(Rejection::request_already_covered);
  story.given(handset("binome-1"), clear("a1"));
  story.when(dispatcher, ReassignTeam{{"a1"}, {"a3"}, {"r2"}, true});
  story.then_refused(Rejection::assignment_ended);
}

TEST_CASE("an assignment taken back frees the team and leaves the request waiting") {
  Story story = a_night_at_work();
  story.later(3min).when(dispatcher, WithdrawAssignment{{"a1"}, WithdrawalReason::mistake});
  story.then({"assignment_withdrawn"});
  CHECK(story.request("r1").waiting_since == story.request("r1").opened_at); // nobody came
  CHECK(story.team("binome-1").since == story.now);
  story.when(dispatcher, WithdrawAssignment{{"a1"}, WithdrawalReason::mistake});
  story.then_refused(Rejection::assignment_ended);
}

TEST_CASE("a request that was offered in vain waits longer than one that came after it") {
  Story story = a_night_with_a_request();
  story.later(1min).given(operator_, open_request("r2"));
  story.later(1min).given(dispatcher, offer("a1", "r1", "binome-1"));
  story.later(10min).given(time_itself, ExpireOffer{{"a1"}});
  CHECK(story.request("r1").waiting_since < story.request("r2").waiting_since);
}

TEST_CASE("a request whose team came and was called away waits anew from then") {
  Story story = a_night_at_work();
  story.later(3min).given(handset("binome-1"), progress("a1", Milestone::on_site));
  story.later(3min).given(dispatcher, WithdrawAssignment{{"a1"}, WithdrawalReason::other});
  CHECK(story.request("r1").status == RequestStatus::waiting);
  CHECK(story.request("r1").waiting_since == story.now);
}

TEST_CASE("a reinforcement that has not answered when the work is done need not come any more") {
  Story story = a_night_at_work();
  story.given(dispatcher, reinforce("a2", "r1", "binome-2"));
  story.later(1min).when(handset("binome-1"), clear("a1"));
  story.then({"assignment_cleared", "assignment_withdrawn", "request_closed"});
  CHECK(story.request("r1").status == RequestStatus::closed);
  CHECK(story.assignment("a2").withdrawal == WithdrawalReason::no_longer_needed);
  CHECK_FALSE(story.team("binome-2").assignment);
}

TEST_CASE("a request closes no earlier than the last team left, whichever tells it last") {
  Story story = a_night_at_work();
  story.given(dispatcher, reinforce("a2", "r1", "binome-2"));
  story.given(handset("binome-2"), accept("a2"));
  auto const left_without_network = story.now + 1min;
  story.later(20min).given(handset("binome-1"), clear("a1"));
  story.later(1min).when_made_at(left_without_network, handset("binome-2"), clear("a2"));
  story.then({"assignment_cleared", "request_closed"});
  CHECK(story.assignment("a2").ended_at == left_without_network);
  CHECK(story.request("r1").closed_at == story.assignment("a1").ended_at);
}

TEST_CASE("what a handset sends a day late is refused: whoever did it has gone home") {
  Story story = a_night_at_work();
  story.when_made_at(story.now - 13h, handset("binome-1"), progress("a1", Milestone::en_route));
  story.then_refused(Rejection::overtaken);
  story.when_made_at(story.now - 11h, handset("binome-1"), progress("a1", Milestone::en_route));
  story.then({"progress_reported"});
}
