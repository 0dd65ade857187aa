#include "house.hpp"

#include <thread>

using namespace vigie;
using namespace vigie::protocol;
using namespace vigie::testing;

namespace {

Submit signing_on(World& world, std::string id, std::string team = "binome-1") {
  auto const member = team == "binome-1" ? "m01" : "m03";
  return {{std::move(id)}, world.clock->now(), SignOn{{team}, {{member}}, Transport::on_foot}};
}

Fix fix_at(World& world, double lon) { return {{{lon}, {48.12}}, {8}, {}, {}, world.clock->now()}; }

} // namespace

TEST_CASE("R2.1 a desk that says its version is given only what changed since") {
  House house;
  house.open();
  house.open_night(house.process);
  auto const before = house.process.engine.state().version;
  REQUIRE(house.submit(house.process, "r1", request("s-1")));
  auto desk = house.desk();
  desk.enter(before, house.process.engine.line().value);
  auto const change = desk.hear_next<Change>();
  CHECK(change.version == before + 1);
  REQUIRE(change.put.requests.size() == 1);
  CHECK(change.put.requests[0].id.value == "s-1");
  CHECK(change.put.teams.empty());
  desk.hear_next<Picture>();
  desk.hears_nothing();
}

TEST_CASE("R2.2 without a version, with another line or a version to come, a desk is given the whole") {
  House house;
  house.open();
  house.open_night(house.process);
  auto const version = house.process.engine.state().version;
  auto const line = house.process.engine.line().value;
  auto fresh = house.desk(), elsewhere = house.desk(), ahead = house.desk();
  fresh.enter();
  elsewhere.enter(version, "another-line");
  ahead.enter(version + 7, line);
  for (auto* desk : {&fresh, &elsewhere, &ahead}) {
    auto const whole = desk->hear_next<Whole>();
    CHECK(whole.version == version);
    CHECK(whole.entities.night);
    CHECK(whole.entities.teams.size() == 1);
  }
}

TEST_CASE("R2.2 a desk that missed most of what there is is given the whole, which many can share") {
  House house;
  house.open();
  house.open_night(house.process);
  auto const before = house.process.engine.state().version;
  for (int i = 0; i < 120; ++i)
    REQUIRE(house.submit(house.process, "r" + std::to_string(i), request("s-" + std::to_string(i))));
  auto const version = house.process.engine.state().version;
  auto const line = house.process.engine.line().value;
  auto far = house.desk(), near = house.desk();
  far.enter(before, line);
  CHECK(far.hear_next<Whole>().version == version);
  near.enter(version - 30, line);
  CHECK(near.hear_next<Change>().version == version);
}

TEST_CASE("R2.3 a handset is always given the whole, of its own team alone") {
  House house;
  house.open();
  house.open_night(house.process);
  REQUIRE(house.submit(house.process, "on-2", SignOn{{"binome-2"}, {{"m03"}}, Transport::on_foot}));
  auto handset = house.handset("binome-2");
  handset.enter(house.process.engine.state().version, house.process.engine.line().value);
  auto const whole = handset.hear_next<Whole>();
  REQUIRE(whole.entities.teams.size() == 1);
  CHECK(whole.entities.teams[0].id.value == "binome-2");
  handset.hears_nothing();
}

TEST_CASE("R3.2 every desk is sent each change, in order") {
  House house;
  house.open();
  auto first = house.desk(), second = house.desk();
  first.enter();
  second.enter();
  house.open_night(house.process);
  for (auto* desk : {&first, &second}) {
    Version version = desk->hear_a<Whole>().version;
    while (version < house.process.engine.state().version) {
      auto const change = desk->hear_a<Change>();
      CHECK(change.version > version);
      version = change.version;
    }
  }
}

TEST_CASE("R3.3 a handset hears of its own task, without the caller's number, and of nobody else's") {
  House house;
  house.open();
  house.open_night(house.process);
  REQUIRE(house.submit(house.process, "on-2", SignOn{{"binome-2"}, {{"m03"}}, Transport::on_foot}));
  auto ours = house.handset("binome-1"), theirs = house.handset("binome-2");
  ours.enter();
  theirs.enter();
  ours.hear_next<Whole>();
  theirs.hear_next<Whole>();
  auto wanted = request("s-1");
  wanted.particulars.number = Text<32>{"+33612345678"};
  REQUIRE(house.submit(house.process, "r1", wanted));
  REQUIRE(house.submit(house.process, "o1", OfferAssignment{{"a-1"}, {"s-1"}, {"binome-1"}, false}));
  auto const whole = ours.hear_a<Whole>();
  REQUIRE(whole.entities.assignments.size() == 1);
  REQUIRE(whole.entities.confidences.size() == 1);
  CHECK_FALSE(whole.entities.confidences[0].particulars.number);
  CHECK(whole.entities.confidences[0].particulars.words);
  theirs.hears_nothing();
}

TEST_CASE("R4.1 who sends a command is taken from the session") {
  House house;
  house.open();
  house.open_night(house.process);
  auto handset = house.handset("binome-2");
  handset.enter();
  handset.say(Submit{{"b1"}, house.clock->now(), TakeBreak{{"binome-1"}}});
  CHECK(handset.hear_a<Rejected>().reason == Rejection::not_allowed);
}

TEST_CASE("R4.2 the same id again is answered again and changes nothing") {
  House house;
  house.open();
  house.open_night(house.process);
  auto handset = house.handset("binome-2");
  handset.enter();
  handset.say(signing_on(house, "c1", "binome-2"));
  auto const first = handset.hear_a<Accepted>();
  handset.say(signing_on(house, "c1", "binome-2"));
  auto const again = handset.hear_a<Accepted>();
  CHECK(again.version == first.version);
  CHECK(house.process.engine.state().version == first.version);
}

TEST_CASE("R4.6 of a place only its id is believed, so that no words get into the journal with it") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = house.desk();
  desk.enter();
  auto asked = request("r-1");
  asked.place = Place{{"p1"}, {"maurepas"}, {}, {"M. Martin, 0612345678"}, {"elsewhere"}, {}, {}, {}};
  desk.say(Submit{{"ask-1"}, house.clock->now(), asked});
  desk.hear_a<Accepted>();
  auto const& place = house.process.engine.state().requests.at({"r-1"}).entity.place;
  REQUIRE(place);
  CHECK(place->street.value == "rue Gast");
  CHECK(place->estate.value.empty());
  AmendRequest moved{};
  moved.request = {"r-1"};
  moved.place = Place{{"p2"}, {"maurepas"}, {}, {}, {"nowhere"}, {}, {}, {}};
  desk.say(Submit{{"move-1"}, house.clock->now(), moved});
  auto const refused = desk.hear_a<Rejected>();
  CHECK(refused.reason == Rejection::place_unknown);
  CHECK(refused.path == "place");
}

TEST_CASE("R5.2 accepted comes after the change that it speaks of") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = house.desk();
  desk.enter();
  desk.hear_next<Whole>();
  desk.hear_next<Picture>();
  desk.say(Submit{{"r1"}, house.clock->now(), request("s-1")});
  auto const change = desk.hear_next<Change>();
  auto const accepted = desk.hear_next<Accepted>();
  CHECK(accepted.id.value == "r1");
  CHECK(change.version == accepted.version);
}

TEST_CASE("R5.3 rejected says why, and changes nothing") {
  House house;
  house.open();
  house.open_night(house.process);
  auto const before = house.process.engine.state().version;
  auto desk = house.desk();
  desk.enter();
  desk.say(Submit{{"x"}, house.clock->now(), OfferAssignment{{"a-1"}, {"none"}, {"binome-1"}, false}});
  auto const rejected = desk.hear_a<Rejected>();
  CHECK(rejected.id.value == "x");
  CHECK(rejected.reason == Rejection::request_unknown);
  CHECK(house.process.engine.state().version == before);
}

TEST_CASE("R5.4 a command of another role is not allowed, and is counted") {
  House house;
  house.open();
  house.open_night(house.process);
  auto handset = house.handset();
  handset.enter();
  handset.say(Submit{{"x"}, house.clock->now(), CloseNight{}});
  CHECK(handset.hear_a<Rejected>().reason == Rejection::not_allowed);
  CHECK(house.figure("vigie_rejections_total{kind=\"close_night\",reason=\"not_allowed\"}") == 1);
}

TEST_CASE("R6.1 a handset on duty is not answered, one off duty and a desk are refused") {
  House house;
  house.open();
  house.open_night(house.process);
  auto on_duty = house.handset("binome-1"), off_duty = house.handset("binome-2"), desk = house.desk();
  on_duty.enter();
  on_duty.hear_next<Whole>();
  on_duty.say(ReportFix{fix_at(house, -1.66)});
  on_duty.hears_nothing();
  off_duty.enter();
  off_duty.say(ReportFix{fix_at(house, -1.66)});
  CHECK(off_duty.hear_a<FixRefused>().reason == FixRefusal::off_duty);
  desk.enter();
  desk.say(ReportFix{fix_at(house, -1.66)});
  CHECK(desk.hear_a<FixRefused>().reason == FixRefusal::not_a_handset);
}

TEST_CASE("R6.2 desks see teams move, handsets are sent no picture") {
  House house;
  house.open();
  house.open_night(house.process);
  auto handset = house.handset("binome-1"), desk = house.desk();
  handset.enter();
  handset.hear_next<Whole>();
  desk.enter();
  CHECK(desk.hear_a<Picture>().positions.empty());
  handset.say(ReportFix{fix_at(house, -1.66)});
  auto const picture = desk.hear_next<Picture>();
  REQUIRE(picture.positions.size() == 1);
  CHECK(picture.positions[0].team.value == "binome-1");
  handset.hears_nothing();
}

TEST_CASE("R6.4 a desk is told whom to send, a handset is not") {
  House house;
  house.open();
  house.open_night(house.process);
  REQUIRE(house.submit(house.process, "r1", request("s-1")));
  auto desk = house.desk(), handset = house.handset();
  desk.enter();
  desk.say(AskTeams{{"s-1"}});
  auto const answer = desk.hear_a<Recommendations>();
  CHECK(answer.request.value == "s-1");
  REQUIRE(answer.teams.size() == 1);
  CHECK(answer.teams[0].team.value == "binome-1");
  desk.say(AskTeams{{"unknown"}});
  CHECK(desk.hear_a<Recommendations>().teams.empty());
  handset.enter();
  handset.say(AskTeams{{"s-1"}});
  CHECK(handset.hear_a<Fault>().kind == FaultKind::not_allowed);
}

TEST_CASE("R7.1 a client that answers no ping is closed, one that answers stays") {
  auto options = House::quick_options();
  options.heartbeat = 50ms;
  House house{options};
  house.open();
  auto deaf = house.desk(), awake = house.handset();
  deaf.enter();
  deaf.client->deaf = true;
  awake.enter();
  bool ended = false;
  auto const listen = [&]() -> asio::awaitable<void> {
    auto frame = co_await awake.client->receive();
    while (frame) frame = co_await awake.client->receive();
  };
  asio::co_spawn(house.io, listen(), [&](std::exception_ptr) { ended = true; });
  house.until([&] { return house.figure("vigie_screens{role=\"dispatcher\"}") == 0; });
  CHECK(house.figure("vigie_screens{role=\"team\"}") == 1);
  CHECK(deaf.closed_with() == 4408);
  house.run(house.front->stop());
  house.until([&] { return ended; });
}

TEST_CASE(
    "R7.3 a server that stood still for a heartbeat closes its connections, wherever in a beat it was") {
  auto options = House::quick_options();
  options.heartbeat = 6s;
  House house{options};
  house.open();
  auto desk = house.desk(), other = house.desk();
  desk.enter();
  std::this_thread::sleep_for(6100ms);
  desk.say(Ping{});
  CHECK(desk.closed_with() == 1012);
  other.enter();
}

TEST_CASE("R8.1 a journal that is away is told to every screen, and commands are rejected") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = house.desk(), handset = house.handset();
  desk.enter();
  handset.enter();
  house.process.journal->set_away(true);
  CHECK_FALSE(desk.hear_a<JournalState>().available);
  CHECK_FALSE(handset.hear_a<JournalState>().available);
  auto late = house.desk();
  late.enter();
  CHECK_FALSE(late.hear_a<JournalState>().available);
  desk.say(Submit{{"r1"}, house.clock->now(), request("s-1")});
  CHECK(desk.hear_a<Rejected>().reason == Rejection::journal_unavailable);
  CHECK(house.ask("GET", "/readyz").status == 503);
  house.process.journal->set_away(false);
  CHECK(desk.hear_a<JournalState>().available);
  CHECK(house.ask("GET", "/readyz").status == 200);
}
