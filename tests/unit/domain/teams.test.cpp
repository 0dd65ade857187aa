#include "unit/domain/story.hpp"

using namespace vigie::tests;

TEST_CASE("a team signs on with its mediators, takes a break and goes home") {
  Story story = a_night();
  story.later(1h).when(handset("binome-3"), sign_on("binome-3", {"emma", "farid"}, Transport::car));
  story.then({"team_signed_on"});
  CHECK(story.team("binome-3").transport == Transport::car);
  story.later(1h).when(handset("binome-3"), TakeBreak{{"binome-3"}});
  story.then({"break_started"});
  CHECK(story.team("binome-3").since == story.now);
  story.when(handset("binome-3"), TakeBreak{{"binome-3"}});
  story.then_refused(Rejection::team_on_break);
  story.when(handset("binome-3"), EndBreak{{"binome-3"}});
  story.then({"break_ended"});
  story.when(handset("binome-3"), EndBreak{{"binome-3"}});
  story.then_refused(Rejection::team_not_on_break);
  story.when(handset("binome-3"), SignOff{{"binome-3"}});
  story.then({"team_signed_off"});
  story.when(handset("binome-3"), SignOff{{"binome-3"}});
  story.then_refused(Rejection::team_off_duty, "team");
  story.when(dispatcher, sign_on("binome-3", {"emma"}));
  story.then({"team_signed_on"});
}

TEST_CASE("who signs on must be known, be named once, and be in no other team") {
  Story story = a_night();
  story.when(dispatcher, sign_on("binome-9", {"emma"}));
  story.then_refused(Rejection::team_unknown, "team");
  story.when(dispatcher, sign_on("binome-1", {"emma"}));
  story.then_refused(Rejection::team_already_on_duty, "team");
  story.when(dispatcher, sign_on("binome-3", {}));
  story.then_refused(Rejection::members_needed, "members");
  story.when(dispatcher, sign_on("binome-3", {"emma", "emma"}));
  story.then_refused(Rejection::members_needed, "members");
  story.when(dispatcher, sign_on("binome-3", {"zoe"}));
  story.then_refused(Rejection::member_unknown, "members");
  story.when(dispatcher, sign_on("binome-3", {"emma", "ana"}));
  story.then_refused(Rejection::member_in_other_team, "members");
}

TEST_CASE("nobody signs on while no night is open") {
  Story story;
  story.when(handset("binome-1"), sign_on("binome-1", {"ana"}));
  story.then_refused(Rejection::night_not_open);
}

TEST_CASE("a team with an assignment neither goes home nor takes a break") {
  Story story = a_night_at_work();
  story.when(handset("binome-1"), SignOff{{"binome-1"}});
  story.then_refused(Rejection::team_has_assignment);
  story.when(handset("binome-1"), TakeBreak{{"binome-1"}});
  story.then_refused(Rejection::team_has_assignment);
}

TEST_CASE("a handset speaks for its own team alone") {
  Story story = a_night_at_work();
  story.when(handset("binome-2"), SignOff{{"binome-1"}});
  story.then_refused(Rejection::not_allowed, "team");
  story.when(handset("binome-2"), sign_on("binome-3", {"emma"}));
  story.then_refused(Rejection::not_allowed, "team");
  story.when(handset("binome-2"), clear("a1"));
  story.then_refused(Rejection::not_allowed, "assignment");
  story.when(dispatcher, clear("a1"));
  story.then({"assignment_cleared", "request_closed"});
}

TEST_CASE("what a handset did before the desk spoke for its team does not count when it comes late") {
  Story story = a_night();
  auto const cut_off = story.later(1h).now;
  story.later(10min).given(dispatcher, TakeBreak{{"binome-1"}});
  story.later(20min).given(dispatcher, EndBreak{{"binome-1"}});
  story.later(1min).when_made_at(cut_off, handset("binome-1"), TakeBreak{{"binome-1"}});
  story.then_refused(Rejection::overtaken);
  story.when_made_at(cut_off, handset("binome-1"), SignOff{{"binome-1"}});
  story.then_refused(Rejection::overtaken);
  story.given(dispatcher, SignOff{{"binome-1"}});
  story.when_made_at(cut_off, handset("binome-1"), sign_on("binome-1", {"ana"}));
  story.then_refused(Rejection::overtaken);
  story.when_made_at(story.now - 2min, handset("binome-1"), sign_on("binome-1", {"ana"})); // clocks differ
  story.then({"team_signed_on"});
}

TEST_CASE("what one desk did while it was cut off undoes nothing that another recorded meanwhile") {
  Story story = a_night();
  auto const cut_off = story.later(1h).now;
  story.later(30min).given(handset("binome-1"), TakeBreak{{"binome-1"}});
  story.given(handset("binome-1"), EndBreak{{"binome-1"}});
  for (auto const& desk : {dispatcher, coordinator}) {
    story.when_made_at(cut_off, desk, TakeBreak{{"binome-1"}});
    story.then_refused(Rejection::overtaken);
    story.when_made_at(cut_off, desk, SignOff{{"binome-1"}});
    story.then_refused(Rejection::overtaken);
  }
  story.when_made_at(story.now - 2min, dispatcher, TakeBreak{{"binome-1"}}); // clocks differ
  story.then({"break_started"});
}

TEST_CASE("what a clock recorded that was ahead does not overtake what a handset does now") {
  Story story;
  story.later(3h).given(time_itself, open_night(nine_o_clock + 12h));
  story.given(dispatcher, sign_on("binome-1", {"ana"}));
  story.given(dispatcher, TakeBreak{{"binome-1"}});
  story.later(-3h).when(handset("binome-1"), EndBreak{{"binome-1"}});
  story.then({"break_ended"});
  story.when(handset("binome-1"), SignOff{{"binome-1"}});
  story.then({"team_signed_off"});
  story.when(handset("binome-2"), sign_on("binome-2", {"chloe"}));
  story.then({"team_signed_on"});
}

TEST_CASE("a break taken without network is noted when it was taken, within reason") {
  Story story = a_night();
  story.later(2h).when_made_at(story.now - 30min, handset("binome-1"), TakeBreak{{"binome-1"}});
  CHECK(story.team("binome-1").since == story.now - 30min);
  story.when_made_at(story.now - 31min, handset("binome-1"), EndBreak{{"binome-1"}});
  CHECK(story.team("binome-1").since == story.now - 30min); // never before it began
  story.when_made_at(story.now + 3h, handset("binome-1"), SignOff{{"binome-1"}});
  CHECK(story.team("binome-1").since == story.now); // never in the future
}

TEST_CASE("a team taken out of the service's file in the night works on and goes home, and no more") {
  Story story = a_night_at_work();
  std::erase_if(story.service.teams, [](auto const& post) { return post.id == TeamId{"binome-1"}; });
  story.given(handset("binome-1"), clear("a1"));
  story.given(handset("binome-1"), TakeBreak{{"binome-1"}});
  story.given(handset("binome-1"), EndBreak{{"binome-1"}});
  story.given(dispatcher, SignOff{{"binome-1"}});
  story.when(dispatcher, sign_on("binome-1", {"ana"}));
  story.then_refused(Rejection::team_unknown, "team");
  story.when(dispatcher, sign_on("binome-3", {"ana"}));
  story.then({"team_signed_on"});
}

TEST_CASE("a pair that signed on without network the night before is not on duty tonight") {
  Story story;
  story.given(time_itself, open_night());
  story.when_made_at(story.now - 11h, handset("binome-1"), sign_on("binome-1", {"ana"}));
  story.then_refused(Rejection::overtaken);
  story.when_made_at(story.now - 1h, handset("binome-1"), sign_on("binome-1", {"ana"}));
  story.then({"team_signed_on"});
}

TEST_CASE("a pair that a desk without network put on duty the night before is not on duty tonight") {
  Story story;
  story.given(time_itself, open_night());
  story.when_made_at(story.now - 11h, dispatcher, sign_on("binome-1", {"ana"}));
  story.then_refused(Rejection::overtaken);
}
