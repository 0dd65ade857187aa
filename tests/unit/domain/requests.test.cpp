#include "unit/domain/story.hpp"

using namespace vigie::tests;

TEST_CASE("requests are numbered from one each night") {
  Story story = a_night();
  story.when(operator_, open_request("r1"));
  story.then({"request_opened"});
  story.given(operator_, open_request("r2"));
  CHECK(story.request("r2").number == 2);
  CHECK(story.request("r2").night == NightDate{"2026-11-21"});
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.given(operator_, CloseRequest{{"r2"}, Disposition::duplicate});
  story.later(5h).given(time_itself, CloseNight{});
  story.later(43h).given(time_itself, open_night(story.now + 2h)); // Monday evening
  story.given(operator_, open_request("r3"));
  CHECK(story.request("r3").number == 1);
}

TEST_CASE("what the resident says goes to the vault, with the number normalised") {
  Story story = a_night();
  story.given(telephone, report_from("0612345678", "k1", CallStage::ringing, story.now));
  OpenRequest open = open_request("r1");
  open.call = CallId{"k1"};
  open.particulars.words = Words{"party on the third floor"};
  open.particulars.number = Text<32>{"06 12 34 56 78"};
  open.particulars.door = Name{""};
  story.when(operator_, open);
  story.then({"request_opened", "call_joined", "confidence_kept"});
  auto const& kept = story.outcome->confidences.at(0);
  CHECK(kept.subject == SubjectId{"r1"});
  CHECK(kept.particulars.number == Text<32>{"+33612345678"});
  CHECK_FALSE(kept.particulars.door);
}

TEST_CASE("a request needs an open night, and what the service knows") {
  Story closed;
  closed.when(operator_, open_request("r1"));
  closed.then_refused(Rejection::night_not_open);

  Story story = a_night_with_a_request();
  story.when(operator_, open_request("r1"));
  story.then_refused(Rejection::request_already_known, "request");
  OpenRequest strange = open_request("r2");
  strange.category = {"fishing"};
  story.when(operator_, strange);
  story.then_refused(Rejection::category_unknown, "category");
  strange = open_request("r2");
  strange.quarter = {"paris"};
  story.when(operator_, strange);
  story.then_refused(Rejection::quarter_unknown, "quarter");
  strange = open_request("r2");
  strange.place = place("p1", "villejean", "Kennedy", point(-1.70, 48.12));
  story.when(operator_, strange);
  story.then_refused(Rejection::place_in_other_quarter, "place");
  strange = open_request("r2");
  strange.call = CallId{"k9"};
  story.when(operator_, strange);
  story.then_refused(Rejection::call_unknown, "call");
  strange = open_request("r2");
  strange.dangers = {DangerSign::dog, DangerSign::crowd, DangerSign::dog};
  story.when(operator_, strange);
  story.then_refused(Rejection::malformed, "dangers");
}

TEST_CASE("a team opens a request for what it meets, not for a phone call") {
  Story story = a_night();
  OpenRequest met = open_request("r1");
  story.when(handset("binome-1"), met);
  story.then_refused(Rejection::not_allowed, "source");
  met.source = Source::resident_street;
  story.when_made_at(story.now - 1h, handset("binome-1"), met);
  story.then({"request_opened"});
  CHECK(story.request("r1").opened_at == story.state.night->entity.opened_at);
}

TEST_CASE("a request is corrected field by field") {
  Story story = a_night_with_a_request();
  AmendRequest correction = amend("r1");
  story.when(operator_, correction);
  story.then_nothing_happened();
  correction.priority = Priority::urgent;
  correction.place = place("p1", "maurepas", "Gast", point(-1.66, 48.13));
  correction.dangers = std::vector{DangerSign::dog, DangerSign::dog};
  story.when(operator_, correction);
  story.then_refused(Rejection::malformed, "dangers");
  correction.dangers = std::vector{DangerSign::dog};
  story.when(operator_, correction);
  story.then({"request_amended"});
  CHECK(story.request("r1").priority == Priority::urgent);
  CHECK(story.request("r1").category == CategoryId{"noise.party"});
  CHECK(story.request("r1").place->id == PlaceId{"p1"});
  AmendRequest words = amend("r1");
  words.particulars = Particulars{};
  words.particulars->door = Name{"3rd floor left"};
  story.when(operator_, words);
  story.then({"confidence_kept"});
}

TEST_CASE("a correction erases what was wrong: a text, or the place") {
  Story story = a_night_with_a_request();
  AmendRequest correction = amend("r1");
  correction.quarter = QuarterId{"maurepas"};
  correction.place = place("p1", "maurepas", "Gast", point(-1.66, 48.13));
  story.given(operator_, correction);
  AmendRequest erasing = amend("r1");
  erasing.particulars = Particulars{};
  erasing.particulars->door = Name{""};
  story.when(operator_, erasing);
  story.then({"confidence_kept"});
  CHECK(story.outcome->confidences.at(0).particulars.door == Name{""});
  erasing = amend("r1");
  erasing.quarter = QuarterId{"maurepas"};
  story.when(operator_, erasing);
  story.then({"request_amended"});
  CHECK_FALSE(story.request("r1").place);
}

TEST_CASE("a correction must fit the service too") {
  Story story = a_night_with_a_request();
  AmendRequest correction = amend("r1");
  correction.category = CategoryId{"fishing"};
  story.when(operator_, correction);
  story.then_refused(Rejection::category_unknown, "category");
  correction = amend("r1");
  correction.place = place("p1", "villejean", "Kennedy", point(-1.70, 48.12));
  story.when(operator_, correction);
  story.then_refused(Rejection::place_in_other_quarter, "place");
  story.when(operator_, amend("r9"));
  story.then_refused(Rejection::request_unknown, "request");
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.when(operator_, amend("r1"));
  story.then_refused(Rejection::request_closed);
}

TEST_CASE("a request closes only when nobody is on it") {
  Story story = a_night_with_a_request();
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.when(operator_, CloseRequest{{"r1"}, Disposition::cancelled});
  story.then_refused(Rejection::request_has_team);
  story.given(dispatcher, WithdrawAssignment{{"a1"}, WithdrawalReason::no_longer_needed});
  story.when(operator_, CloseRequest{{"r1"}, Disposition::cancelled});
  story.then({"request_closed"});
  story.when(operator_, CloseRequest{{"r1"}, Disposition::cancelled});
  story.then_refused(Rejection::request_closed);
  story.when(operator_, CloseRequest{{"r9"}, Disposition::cancelled});
  story.then_refused(Rejection::request_unknown, "request");
}

TEST_CASE("re-opening is explicit, and the wait starts anew") {
  Story story = a_night_with_a_request();
  story.when(operator_, ReopenRequest{{"r1"}});
  story.then_refused(Rejection::request_not_closed);
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.later(20min).when(operator_, ReopenRequest{{"r1"}});
  story.then({"request_reopened"});
  CHECK(story.request("r1").waiting_since == story.now);
  CHECK(story.request("r1").number == 1);
  CHECK(story.request("r1").reopened == 1);
  CHECK_FALSE(story.request("r1").disposition);
  story.when(operator_, ReopenRequest{{"r9"}});
  story.then_refused(Rejection::request_unknown, "request");
}

TEST_CASE("a request of last night is not re-opened while no night is open") {
  Story story = a_night_with_a_request();
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.given(coordinator, CloseNight{});
  story.when(operator_, ReopenRequest{{"r1"}});
  story.then_refused(Rejection::night_not_open);
}

TEST_CASE(
    "a request takes no id that something else has: the vault would mix up whose particulars are whose") {
  Story story = a_night_at_work();
  story.given(telephone, report_from("0612345678", "k1", CallStage::ringing, story.now));
  OpenRequest forged = open_request("k1");
  forged.source = Source::own_initiative;
  forged.particulars.words = Words{"something else"};
  story.when(handset("binome-1"), forged);
  story.then_refused(Rejection::request_already_known, "request");
  story.when(operator_, RecordCall{{"r1"}, {}});
  story.then_refused(Rejection::call_already_known);
  story.given(operator_, open_request("r2"));
  story.when(dispatcher, offer("r1", "r2", "binome-2"));
  story.then_refused(Rejection::assignment_already_known);
}

TEST_CASE("a handset joins no call to what it met in the street") {
  Story story = a_night();
  story.given(telephone, report("k1", CallStage::ringing, story.now));
  OpenRequest met = open_request("r1");
  met.source = Source::resident_street;
  met.call = CallId{"k1"};
  story.when(handset("binome-1"), met);
  story.then_refused(Rejection::not_allowed, "call");
}

TEST_CASE("a handset opens requests while its pair is on duty, and so many that one can be closed before the "
          "next") {
  Story story = a_night();
  auto const met = [](std::string const& id) {
    auto command = open_request(id);
    command.source = Source::resident_street;
    return command;
  };
  story.when(handset("binome-3"), met("off-duty"));
  story.then_refused(Rejection::team_off_duty);
  for (int i = 1; i <= 20; ++i) story.given(handset("binome-1"), met("met-" + std::to_string(i)));
  story.when(handset("binome-1"), met("one-more"));
  story.then_refused(Rejection::too_many_requests);
  story.given(handset("binome-2"), met("another-pair-s"));
  story.given(dispatcher, CloseRequest{{"met-1"}, Disposition::duplicate});
  story.given(handset("binome-1"), met("one-more"));
}

TEST_CASE("what left the service's file in the night does not keep a request from being corrected") {
  Story story = a_night_with_a_request();
  story.service.categories.clear();
  story.service.quarters.clear();
  auto urgent = amend("r1");
  urgent.priority = Priority::urgent;
  story.given(operator_, urgent);
  auto moved = amend("r1");
  moved.quarter = QuarterId{"maurepas"};
  story.when(operator_, moved);
  story.then_refused(Rejection::quarter_unknown, "quarter");
}
