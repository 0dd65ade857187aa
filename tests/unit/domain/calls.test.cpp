#include "unit/domain/story.hpp"

using namespace vigie::tests;

namespace {

Instant const rang = nine_o_clock;
std::string const neighbour = "06 12 34 56 78";

ReportCall answered_by(std::string const& account, std::string const& id, Instant at) {
  ReportCall command = report(id, CallStage::answered, at);
  command.operator_ = AccountId{account};
  return command;
}

ReportCall transferred_to(std::string const& account, std::string const& id, Instant at) {
  ReportCall command = report(id, CallStage::transferred, at);
  command.operator_ = AccountId{account};
  return command;
}

/// The neighbour rings, and nobody takes it.
Story a_missed_call() {
  Story story;
  story.given(telephone, report_from(neighbour, "k1", CallStage::ringing, rang));
  story.later(40s).given(telephone, report("k1", CallStage::ended, rang + 40s));
  return story;
}

} // namespace

TEST_CASE("a call rings, is answered, held, resumed, transferred and ended") {
  Story story;
  story.when(telephone, report_from(neighbour, "k1", CallStage::ringing, rang));
  story.then({"call_rang", "confidence_kept"});
  CHECK(story.call("k1").status == CallStatus::ringing);
  story.later(8s).when(telephone, answered_by("omar", "k1", rang + 8s));
  story.then({"call_answered"});
  CHECK(story.call("k1").taken_by == AccountId{"omar"});
  story.later(8s).when(telephone, report("k1", CallStage::held, rang + 16s));
  CHECK(story.call("k1").status == CallStatus::held);
  story.later(8s).when(telephone, report("k1", CallStage::resumed, rang + 24s));
  CHECK(story.call("k1").status == CallStatus::answered);
  story.later(8s).when(telephone, transferred_to("dora", "k1", rang + 32s));
  story.then({"call_taken"});
  CHECK(story.call("k1").taken_by == AccountId{"dora"});
  story.later(8s).when(telephone, report("k1", CallStage::ended, rang + 40s));
  CHECK(story.call("k1").status == CallStatus::ended);
  CHECK(story.call("k1").ended_at == rang + 40s);
}

TEST_CASE("the number goes to the vault, not into the events") {
  Story story;
  story.when(telephone, report_from(neighbour, "k1", CallStage::ringing, rang));
  REQUIRE(story.outcome->confidences.size() == 1);
  CHECK(story.outcome->confidences[0].subject == SubjectId{"k1"});
  CHECK(story.outcome->confidences[0].particulars.number == Text<32>{"+33612345678"});
  CHECK(story.call("k1").caller.has_value());
}

TEST_CASE("every stage told twice changes nothing") {
  Story story;
  std::vector<ReportCall> const told = {report_from(neighbour, "k1", CallStage::ringing, rang),
                                        answered_by("omar", "k1", rang + 5s),
                                        report("k1", CallStage::held, rang + 10s),
                                        report("k1", CallStage::resumed, rang + 15s),
                                        transferred_to("dora", "k1", rang + 20s),
                                        report("k1", CallStage::ended, rang + 25s)};
  story.later(1min);
  for (auto const& stage : told) {
    story.given(telephone, stage);
    story.when(telephone, stage);
    story.then_nothing_happened();
  }
  auto const last = snapshot_of(story.state).calls;
  for (auto const& stage : told) {
    story.when(telephone, stage);
    story.then_nothing_happened();
  }
  CHECK(snapshot_of(story.state).calls == last);
}

TEST_CASE("whatever order its stages arrive in, a call ends the same") {
  std::vector<ReportCall> told = {
      report_from(neighbour, "k1", CallStage::ringing, rang), answered_by("omar", "k1", rang + 5s),
      report("k1", CallStage::held, rang + 10s), report("k1", CallStage::resumed, rang + 15s),
      report("k1", CallStage::ended, rang + 25s)};
  std::vector<int> order = {0, 1, 2, 3, 4};
  do {
    Story story;
    story.later(1min);
    for (int const index : order) story.given(telephone, told[static_cast<std::size_t>(index)]);
    Call const& call = story.call("k1");
    INFO("order " << order[0] << order[1] << order[2] << order[3] << order[4]);
    CHECK(call.status == CallStatus::ended);
    CHECK(call.rang_at == rang);
    CHECK(call.answered_at == rang + 5s);
    CHECK(call.taken_by == AccountId{"omar"});
    CHECK(call.ended_at == rang + 25s);
    CHECK(call.caller.has_value());
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a call whose ring is never told rang when it is first known to have been there") {
  Story story;
  story.later(1min).given(telephone, report("k1", CallStage::ended, rang + 25s));
  story.given(telephone, answered_by("omar", "k1", rang + 5s));
  CHECK(story.call("k1").rang_at == rang + 5s);
  CHECK(story.call("k1").answered_at == rang + 5s);
}

TEST_CASE("a telephone system whose times contradict each other leaves those of a call in order") {
  Story story;
  story.later(1min).given(telephone, answered_by("omar", "k1", rang + 10s));
  story.given(telephone, report("k1", CallStage::held, rang + 5s));
  CHECK(story.call("k1").status == CallStatus::held);
  story.given(telephone, report("k1", CallStage::resumed, rang + 7s));
  CHECK(story.call("k1").status == CallStatus::answered);
  story.given(telephone, report("k1", CallStage::ended, rang + 8s));
  CHECK(story.call("k1").ended_at == rang + 10s);

  story.given(telephone, report("k2", CallStage::ended, rang + 20s));
  story.given(telephone, answered_by("omar", "k2", rang + 30s));
  CHECK(story.call("k2").answered_at == rang + 20s);
}

TEST_CASE("a hold that is told after its resumption does not hold the call") {
  Story story;
  story.later(1min).given(telephone, answered_by("omar", "k1", rang));
  story.given(telephone, report("k1", CallStage::resumed, rang + 20s));
  story.when(telephone, report("k1", CallStage::held, rang + 10s));
  story.then_nothing_happened();
  CHECK(story.call("k1").status == CallStatus::answered);
}

TEST_CASE("an answer that is told after the end takes the call off the missed list without reviving it") {
  Story story = a_missed_call();
  CHECK(story.call("k1").status == CallStatus::missed);
  story.when(telephone, answered_by("omar", "k1", rang + 10s));
  CHECK(story.call("k1").status == CallStatus::ended);
  CHECK(story.call("k1").answered_at == rang + 10s);
}

TEST_CASE("a caller who rings again and is answered need not be called back") {
  Story story = a_missed_call();
  story.later(1min).given(telephone, report_from("+33 6 12 34 56 78", "k2", CallStage::ringing, story.now));
  CHECK(story.call("k1").status == CallStatus::missed);
  story.when(operator_, TakeCall{{"k2"}});
  story.then({"call_answered", "call_settled"});
  CHECK(story.call("k1").settlement == CallSettlement::rang_again);
}

TEST_CASE("a caller who rings again in vain stands on the missed list once") {
  Story story = a_missed_call();
  story.later(1min).given(telephone, report_from(neighbour, "k2", CallStage::ringing, story.now));
  story.later(30s).when(telephone, report("k2", CallStage::ended, story.now));
  story.then({"call_ended", "call_settled"});
  CHECK(story.call("k1").status == CallStatus::settled);
  CHECK(story.call("k2").status == CallStatus::missed);
}

TEST_CASE("a call that turns out missed after its caller got through is settled at once") {
  Story story;
  story.given(telephone, report_from(neighbour, "k1", CallStage::ringing, rang));
  story.later(2min).given(telephone, report_from(neighbour, "k2", CallStage::ringing, story.now));
  story.given(operator_, TakeCall{{"k2"}});
  story.when(telephone, report("k1", CallStage::ended, rang + 30s));
  CHECK(story.call("k1").settlement == CallSettlement::rang_again);
}

TEST_CASE("two callers without a number are not one caller") {
  Story story;
  story.given(telephone, report_from("anonymous", "k1", CallStage::ringing, rang));
  story.given(telephone, report("k1", CallStage::ended, rang));
  story.given(telephone, report_from("anonymous", "k2", CallStage::ringing, rang));
  story.given(operator_, TakeCall{{"k2"}});
  CHECK(story.call("k1").status == CallStatus::missed);
}

TEST_CASE("a missed call is worked off once") {
  Story story = a_missed_call();
  story.when(operator_, SettleCall{{"k1"}, CallSettlement::called_back});
  story.then({"call_settled"});
  story.when(operator_, SettleCall{{"k1"}, CallSettlement::called_back});
  story.then_refused(Rejection::call_not_missed);
  story.when(operator_, TakeCall{{"k1"}});
  story.then_refused(Rejection::call_over);
}

TEST_CASE("time ends a call whose end the telephone system lost: it is missed, or was answered") {
  Story story = a_night();
  story.given(telephone, report("k1", CallStage::ringing, story.now));
  auto const ringing = story.reminder();
  REQUIRE(ringing);
  CHECK(ringing->id.value.starts_with("end-k1-"));
  CHECK(ringing->due == story.now + 10min);
  story.later(10min - 1ms).when(time_itself, ringing->command);
  story.then_refused(Rejection::call_not_lost);
  story.later(1ms).when(time_itself, ringing->command);
  story.then({"call_ended"});
  CHECK(story.call("k1").status == CallStatus::missed);
  story.when(time_itself, ringing->command);
  story.then_refused(Rejection::call_not_lost);

  story.given(telephone, answered_by("omar", "k2", story.now));
  CHECK(story.reminder()->due == story.now + 2h);
  story.later(2h).given(time_itself, story.reminder()->command);
  CHECK(story.call("k2").status == CallStatus::ended);
}

TEST_CASE("a caller who hung up before anybody spoke is missed, though the desk had said that it answers") {
  Story story;
  story.given(telephone, report_from(neighbour, "k1", CallStage::ringing, rang));
  story.later(5s).given(operator_, TakeCall{{"k1"}});
  auto gone = report("k1", CallStage::ended, rang + 6s);
  gone.reason = CallEnd::abandoned;
  story.later(2s).when(telephone, gone);
  story.then({"call_ended"});
  CHECK(story.call("k1").status == CallStatus::missed);
  CHECK_FALSE(story.call("k1").taken_by);
  CHECK_FALSE(story.call("k1").answered_at);
}

TEST_CASE("whoever a call was passed to last has it, in whatever order the passing is told") {
  std::vector<ReportCall> told{
      answered_by("omar", "k1", rang + 5s), report("k1", CallStage::held, rang + 10s),
      transferred_to("dora", "k1", rang + 15s), transferred_to("eve", "k1", rang + 20s)};
  std::vector<std::size_t> order{0, 1, 2, 3};
  do {
    Story story;
    story.given(telephone, report_from(neighbour, "k1", CallStage::ringing, rang)).later(1min);
    for (auto const next : order) story.given(telephone, told[next]);
    CHECK(story.call("k1").taken_by == AccountId{"eve"});
    CHECK(story.call("k1").status == CallStatus::answered);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a call that was held for lost and is answered after all is with somebody again") {
  Story story = a_night();
  story.given(telephone, report("k1", CallStage::ringing, story.now));
  auto const lost = story.reminder()->id;
  story.later(10min).given(time_itself, EndLostCall{{"k1"}});
  story.later(1min).given(telephone, answered_by("omar", "k1", story.now));
  CHECK(story.call("k1").status == CallStatus::answered);
  CHECK(story.reminder()->id != lost);
  story.later(3min).given(telephone, report("k1", CallStage::ended, story.now));
  CHECK(story.call("k1").status == CallStatus::ended);
  CHECK(story.call("k1").ended_at == story.now);
}

TEST_CASE("a call that rings is nobody's to work off") {
  Story story;
  story.given(telephone, report("k1", CallStage::ringing, rang));
  story.later(1h).when(operator_, SettleCall{{"k1"}, CallSettlement::no_action});
  story.then_refused(Rejection::call_not_missed);
}

TEST_CASE("an operator takes over another's call") {
  Story story;
  story.given(telephone, answered_by("omar", "k1", rang));
  story.later(5s).when(operator_, TakeCall{{"k1"}});
  story.then_nothing_happened();
  story.when(dispatcher, TakeCall{{"k1"}});
  story.then({"call_taken"});
  CHECK(story.call("k1").taken_by == AccountId{"dora"});
}

TEST_CASE("who took a call while it rang, and says so late, does not take it from whoever answered it") {
  Story story;
  story.given(telephone, report_from(neighbour, "k1", CallStage::ringing, rang));
  story.later(20s).given(operator_, TakeCall{{"k1"}});
  story.later(2min).when_made_at(rang + 10s, dispatcher, TakeCall{{"k1"}});
  story.then_refused(Rejection::overtaken);
  CHECK(story.call("k1").taken_by == AccountId{"omar"});
  story.when_made_at(rang + 10s, operator_, TakeCall{{"k1"}});
  story.then_nothing_happened();
  story.when_made_at(rang + 16s, dispatcher, TakeCall{{"k1"}}); // clocks differ
  story.then({"call_taken"});
}

TEST_CASE("who takes over a call on purpose has it, though it is told late") {
  Story story;
  story.given(telephone, answered_by("omar", "k1", rang));
  story.later(5min).when_made_at(rang + 10s, dispatcher, TakeCall{{"k1"}});
  story.then({"call_taken"});
}

TEST_CASE("an operator notes a call that no telephone system reported") {
  Story story = a_missed_call();
  RecordCall record{{"k2"}, {}};
  record.particulars.number = Text<32>{neighbour};
  record.particulars.caller_name = Name{"Mme Martin"};
  story.later(1min).when(operator_, record);
  story.then({"call_rang", "call_answered", "call_ended", "confidence_kept", "call_settled"});
  CHECK(story.call("k2").taken_by == AccountId{"omar"});
  CHECK(story.call("k1").settlement == CallSettlement::rang_again);
  story.when(operator_, record);
  story.then_refused(Rejection::call_already_known);
}

TEST_CASE("a call joins a request once") {
  Story story = a_night_with_a_request();
  story.given(telephone, report("k1", CallStage::ringing, story.now));
  story.when(operator_, JoinCall{{"k1"}, {"r1"}});
  story.then({"call_joined"});
  CHECK(story.request("r1").calls == std::vector<CallId>{{"k1"}});
  CHECK(story.call("k1").requests == std::vector<RequestId>{{"r1"}});
  story.when(operator_, JoinCall{{"k1"}, {"r1"}});
  story.then_refused(Rejection::call_already_joined);
  story.when(operator_, JoinCall{{"k9"}, {"r1"}});
  story.then_refused(Rejection::call_unknown, "call");
  story.when(operator_, JoinCall{{"k1"}, {"r9"}});
  story.then_refused(Rejection::request_unknown, "request");
}

TEST_CASE("a call that nobody knows can neither be taken nor settled") {
  Story story;
  story.when(operator_, TakeCall{{"k1"}});
  story.then_refused(Rejection::call_unknown, "call");
  story.when(operator_, SettleCall{{"k1"}, CallSettlement::no_action});
  story.then_refused(Rejection::call_unknown, "call");
}

TEST_CASE("numbers are written one way, however they were dialled") {
  auto const normal = [](std::string const& dialled) {
    return vigie::domain::normalised_number(dialled, "+33");
  };
  CHECK(normal("06 12 34 56 78") == "+33612345678");
  CHECK(normal("06.12.34.56.78") == "+33612345678");
  CHECK(normal("+33 (0)6 12 34 56 78") == "+33612345678");
  CHECK(normal("0033612345678") == "+33612345678");
  CHECK(normal("33612345678") == "+33612345678");
  CHECK(normal("+49 30 1234567") == "+49301234567");
  CHECK(normal("17") == "17");
  CHECK(normal("112") == "112");
  CHECK(normal(" anony mous ") == "anonymous");
  CHECK(normal("") == "");
  CHECK(vigie::domain::normalised_number("0612345678", "") == "0612345678");
}

TEST_CASE("only the two commands that bring a call have a number") {
  auto const service = rennes();
  CHECK(vigie::domain::number_in(report_from(neighbour, "k1", CallStage::ringing, rang), service) ==
        "+33612345678");
  CHECK_FALSE(vigie::domain::number_in(report_from("unknown", "k1", CallStage::ringing, rang), service));
  CHECK_FALSE(vigie::domain::number_in(report_from("", "k1", CallStage::ringing, rang), service));
  CHECK_FALSE(vigie::domain::number_in(TakeCall{{"k1"}}, service));
}
