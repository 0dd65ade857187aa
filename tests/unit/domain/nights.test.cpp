#include "unit/domain/story.hpp"

using namespace vigie::tests;

TEST_CASE("the clock opens the night with its window, and only then") {
  Story story;
  story.later(-1min).when(time_itself, open_night());
  story.then_refused(Rejection::reason_needed);
  story.later(1min).when(time_itself, open_night());
  story.then({"night_opened"});
  CHECK(story.state.night->entity.date == NightDate{"2026-11-21"});
  story.when(coordinator, open_night());
  story.then_refused(Rejection::night_already_open);
}

TEST_CASE("a night opened past midnight belongs to the evening before") {
  Story story;
  story.later(3h + 30min).given(coordinator, open_night());
  CHECK(story.state.night->entity.date == NightDate{"2026-11-21"});
}

TEST_CASE("outside the hours a coordinator opens a night with a reason") {
  Story story;
  story.later(-8h).when(coordinator, OpenNight{story.now + 2h, {}});
  story.then_refused(Rejection::reason_needed, "exceptional");
  story.when(coordinator, OpenNight{story.now, ExceptionalReason::training});
  story.then_refused(Rejection::closing_time_passed, "closes_at_ms");
  story.when(coordinator, OpenNight{story.now + 16h + 1ms, ExceptionalReason::training});
  story.then_refused(Rejection::malformed, "closes_at_ms");
  story.when(coordinator, OpenNight{story.now + 16h, ExceptionalReason::training});
  story.then({"night_opened"});
  CHECK(story.state.night->entity.exceptional == ExceptionalReason::training);
}

TEST_CASE("a night does not close on open work, and sends everybody home when it does") {
  Story story = a_night_with_a_request();
  story.given(telephone, report("k1", CallStage::ringing, story.now));
  story.when(coordinator, CloseNight{});
  story.then_refused(Rejection::night_has_open_work);
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.when(coordinator, CloseNight{});
  story.then_refused(Rejection::night_has_open_work);
  story.given(telephone, report("k1", CallStage::ended, story.now));
  story.when(coordinator, CloseNight{});
  story.then_refused(Rejection::night_has_open_work);
  story.given(operator_, SettleCall{{"k1"}, CallSettlement::unreachable});
  story.when(coordinator, CloseNight{});
  story.then({"team_signed_off", "team_signed_off", "night_closed"});
  CHECK(story.team("binome-1").duty == Duty::off);
  story.when(coordinator, CloseNight{});
  story.then_refused(Rejection::night_not_open);
}

TEST_CASE("a closing that was kept from the night before does not close tonight") {
  Story story;
  story.given(time_itself, open_night());
  story.later(5h);
  auto const cut_off = story.now;
  story.later(1h).given(time_itself, CloseNight{});
  story.later(42h).given(time_itself, open_night(story.now + 5h));
  story.later(5min).when_made_at(cut_off, coordinator, CloseNight{});
  story.then_refused(Rejection::overtaken);
  story.when_made_at(story.now - 7min, coordinator, CloseNight{}); // clocks differ
  story.then({"night_closed"});
}

TEST_CASE("what was kept does not open a night that somebody has opened and closed since") {
  Story story;
  story.later(-8h);
  auto const cut_off = story.now;
  story.later(10min).given(coordinator, OpenNight{story.now + 2h, ExceptionalReason::training});
  story.later(1h).given(coordinator, CloseNight{});
  story.when_made_at(cut_off, coordinator, OpenNight{cut_off + 2h, ExceptionalReason::training});
  story.then_refused(Rejection::overtaken);
  story.when(coordinator, OpenNight{story.now + 2h, ExceptionalReason::training});
  story.then({"night_opened"});
}

TEST_CASE("what a person did more than twelve hours ago is of another night; what time owes is not") {
  Story story = a_night_with_a_request();
  for (auto const& actor : {operator_, dispatcher, coordinator, handset("binome-1")}) {
    story.when_made_at(story.now - 13h, actor, open_request("r2"));
    story.then_refused(Rejection::overtaken);
  }
  story.when_made_at(story.now - 13h, telephone, report("k1", CallStage::ringing, story.now));
  story.then({"call_rang"});
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.given(telephone, report("k1", CallStage::ended, story.now));
  story.given(operator_, SettleCall{{"k1"}, CallSettlement::no_action});
  story.when_made_at(story.now - 13h, time_itself, CloseNight{});
  story.then({"team_signed_off", "team_signed_off", "night_closed"});
}

TEST_CASE("a new night lets go of old history, never of what is alive") {
  Story story = a_night_at_work();
  story.given(handset("binome-1"), clear("a1"));
  story.given(telephone, report_from("0612345678", "k1", CallStage::ringing, story.now));
  story.given(operator_, TakeCall{{"k1"}});
  story.given(telephone, report("k1", CallStage::ended, story.now));
  story.given(coordinator, CloseNight{});
  story.given(telephone, report("k2", CallStage::ringing, story.now));
  story.given(telephone, report("k2", CallStage::ended, story.now));
  story.later(48h).given(time_itself, open_night(story.now + 4h)); // Monday evening
  CHECK(story.state.calls.size() == 1);
  CHECK(story.call("k2").status == CallStatus::missed);
  CHECK(story.state.requests.empty());
  CHECK(story.state.assignments.empty());
  CHECK(story.state.confidences.empty());
  CHECK(story.state.taken.size() == 1);
  CHECK(story.state.forgotten == story.state.version);
}

TEST_CASE("a new night keeps recent history, and says that nothing was forgotten") {
  Story story = a_night_at_work();
  story.given(handset("binome-1"), clear("a1"));
  story.given(coordinator, CloseNight{});
  story.given(coordinator, open_night());
  CHECK(story.state.requests.size() == 1);
  CHECK(story.state.forgotten == 0);
}

TEST_CASE("time owes the opening of the next window") {
  Story story;
  story.later(-2h);
  auto const reminder = story.reminder();
  REQUIRE(reminder);
  CHECK(reminder->due == nine_o_clock);
  CHECK(std::get<OpenNight>(reminder->command).closes_at == nine_o_clock + 5h);
  story.later(3h); // nobody was there at nine: it is still due
  CHECK(story.reminder()->due == nine_o_clock);
}

TEST_CASE("time does not open again what a coordinator closed early") {
  Story story;
  story.given(time_itself, open_night());
  story.later(1h).given(coordinator, CloseNight{});
  CHECK(story.reminder()->due == moment(2026, 11, 23, 20, 0)); // Monday
  story.when(time_itself, open_night());
  story.then_refused(Rejection::night_already_open);
}

TEST_CASE("an exceptional afternoon does not take the place of the evening") {
  Story story;
  story.later(-6h).given(coordinator, OpenNight{story.now + 2h, ExceptionalReason::event});
  story.later(1h).given(coordinator, CloseNight{});
  CHECK(story.reminder()->due == nine_o_clock);
}

TEST_CASE("an opening that was answered already is not sent again") {
  Story story;
  auto const id = story.reminder()->id;
  story.state.taken.emplace(id, vigie::domain::Taken{1, story.now});
  CHECK(story.reminder()->due == moment(2026, 11, 23, 20, 0));
}

TEST_CASE("time closes the night once the work is done") {
  Story story = a_night_with_a_request();
  CHECK_FALSE(std::holds_alternative<CloseNight>(story.reminder()->command));
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  auto const first = story.reminder();
  REQUIRE(first);
  CHECK(first->due == nine_o_clock + 5h);
  CHECK(std::holds_alternative<CloseNight>(first->command));
  story.later(1h).given(coordinator, CloseNight{});
  story.given(coordinator, open_night());
  CHECK(story.reminder()->id != first->id);
}

TEST_CASE("a night that nobody closed hands over to the next, and work goes on") {
  Story story = a_night_at_work();                                   // Saturday
  story.later(46h).given(dispatcher, sign_on("binome-3", {"emma"})); // Monday, two hours early
  story.later(2h).when(time_itself, OpenNight{story.now + 5h, {}});
  story.then({"night_closed", "night_opened"});
  CHECK(story.state.night->entity.date == NightDate{"2026-11-23"});
  CHECK(story.team("binome-1").assignment == AssignmentId{"a1"});
  story.when(time_itself, OpenNight{story.now + 5h, {}});
  story.then_refused(Rejection::night_already_open);
  story.given(operator_, open_request("r2"));
  CHECK(story.request("r2").number == 2); // number 1 is still worked on
}

TEST_CASE("who forgot to sign off goes home two hours after the night's end, though work keeps it open") {
  Story story = a_night_at_work(); // binome-1 is at work, binome-2 forgot
  auto const reminder = story.reminder();
  REQUIRE(reminder);
  CHECK(reminder->due == nine_o_clock + 5h + 2h);
  story.later(7h).when(time_itself, reminder->command);
  story.then({"team_signed_off"});
  CHECK(story.team("binome-2").duty == Duty::off);
  CHECK(story.team("binome-1").duty == Duty::available);
  CHECK(story.reminder()->due == nine_o_clock + 48h);
}

TEST_CASE("a pair that works on while it was to be sent home is not sent home") {
  Story story = a_night_at_work();
  auto const reminder = story.reminder();
  story.later(7h).given(dispatcher, TakeBreak{{"binome-2"}});
  story.when(time_itself, reminder->command);
  story.then_refused(Rejection::overtaken);
}

TEST_CASE("a pair that comes early, while last night is still open, stays for the next") {
  Story story = a_night_with_a_request();
  story.later(7h);
  while (story.reminder()->due <= story.now) story.given(time_itself, story.reminder()->command);
  story.later(39h).given(dispatcher, sign_on("binome-3", {"emma"})); // Monday, two hours before the hours
  auto const next = story.reminder();
  CHECK(next->due == nine_o_clock + 48h);
  story.later(2h).given(time_itself, next->command);
  CHECK(story.team("binome-3").duty == Duty::available);
}

TEST_CASE("two windows that meet are two nights, and nobody is sent home in between") {
  bool const work = GENERATE(false, true);
  Story story = work ? a_night_with_a_request() : a_night();
  Window second = story.service.windows.front();
  second.opens = {"02:00"};
  second.closes = {"04:00"};
  second.days = {Weekday::sunday};
  story.service.windows.push_back(second);
  auto const reminder = story.reminder();
  REQUIRE(reminder);
  CHECK(reminder->due == nine_o_clock + 5h);
  story.later(5h).when(time_itself, reminder->command);
  story.then({"night_closed", "night_opened"});
  CHECK(story.team("binome-1").duty == Duty::available);
}

TEST_CASE("a window that begins in another and ends after it is opened when it begins") {
  Story story = a_night();
  Window second = story.service.windows.front();
  second.opens = {"23:00"};
  second.closes = {"04:00"};
  second.days = {Weekday::saturday};
  story.service.windows.push_back(second);
  auto const reminder = story.reminder();
  REQUIRE(reminder);
  CHECK(reminder->due == nine_o_clock + 2h);
  story.later(2h).when(time_itself, reminder->command);
  story.then({"night_closed", "night_opened"});
  CHECK(story.state.night->entity.closes_at == nine_o_clock + 7h);
  CHECK(story.team("binome-1").duty == Duty::available);
}

TEST_CASE("a second window of the same date opens although the first ran over, and numbers go on") {
  Story story;
  Window early = story.service.windows.front();
  early.opens = {"19:30"};
  early.closes = {"21:00"};
  story.service.windows.push_back(early);
  story.later(-90min).given(time_itself, OpenNight{nine_o_clock, {}});
  story.given(operator_, open_request("r1"));
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.given(operator_, open_request("r2"));
  story.later(90min + 1ms);
  CHECK(story.reminder()->due == nine_o_clock);
  story.given(time_itself, story.reminder()->command);
  CHECK(story.state.night->entity.closes_at == nine_o_clock + 5h);
  story.given(operator_, open_request("r3"));
  CHECK(story.request("r3").number == 3);
}

TEST_CASE("an exceptional night that ends in the evening's hours hands over to them; one that lasts through "
          "does not") {
  Story story;
  story.later(-3h).given(coordinator, OpenNight{nine_o_clock + 1h, ExceptionalReason::event});
  CHECK(story.reminder()->due == nine_o_clock);
  story.later(3h).given(time_itself, story.reminder()->command);
  CHECK_FALSE(story.state.night->entity.exceptional);

  Story long_one;
  long_one.later(-3h).given(coordinator, OpenNight{nine_o_clock + 6h, ExceptionalReason::event});
  CHECK(long_one.reminder()->due == nine_o_clock + 6h);
  long_one.later(3h).when(time_itself, open_night());
  long_one.then_refused(Rejection::night_already_open);
}

TEST_CASE("a service that never closes has nights as long as its windows") {
  Story story;
  story.service.windows.front().closes = story.service.windows.front().opens;
  story.when(time_itself, story.reminder()->command);
  story.then({"night_opened"});
  CHECK(story.state.night->entity.closes_at == nine_o_clock + 24h);
}

TEST_CASE("a night opened again on its date counts on, and a request of another night gets a new number") {
  Story story = a_night_with_a_request();
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.given(coordinator, CloseNight{});
  story.given(coordinator, open_night());
  story.given(operator_, open_request("r2"));
  CHECK(story.request("r2").number == 2);
  story.given(operator_, ReopenRequest{{"r1"}});
  CHECK(story.request("r1").number == 1);
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.given(operator_, CloseRequest{{"r2"}, Disposition::advised_by_phone});
  story.given(coordinator, CloseNight{});
  story.service.history_kept_for = 96h;
  story.later(48h).given(time_itself, open_night(story.now + 4h));
  story.given(operator_, open_request("r3"));
  CHECK(story.request("r3").number == 1);
  story.given(operator_, ReopenRequest{{"r1"}});
  CHECK(story.request("r1").number == 2);
  story.given(operator_, open_request("r4"));
  CHECK(story.request("r4").number == 3);
}

TEST_CASE("of all that time owes, the earliest comes first") {
  Story story = a_night_with_a_request();
  OpenRequest urgent = open_request("r2");
  urgent.priority = Priority::urgent;
  story.given(operator_, urgent);
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.given(dispatcher, offer("a2", "r2", "binome-2"));
  auto const reminder = story.reminder();
  REQUIRE(reminder);
  CHECK(reminder->id == CommandId{"expire-a2"});
  CHECK(reminder->due == story.now + 1min + 5s);
  CHECK(std::get<ExpireOffer>(reminder->command).assignment == AssignmentId{"a2"});
}

TEST_CASE("the reminder of an assignment with a long id has an id of allowed length") {
  Story story = a_night_with_a_request();
  story.given(dispatcher, offer(std::string(64, 'a'), "r1", "binome-1"));
  CHECK(story.reminder()->id.value.size() == CommandId::max_length);
}

TEST_CASE("a service without windows opens by hand alone") {
  Story story;
  story.service.windows.clear();
  CHECK_FALSE(story.reminder());
}
