#include "domain/decide.hpp"
#include "house.hpp"

#include <thread>

using namespace vigie;
using namespace vigie::protocol;
using namespace vigie::testing;

namespace {

/// Keeps a loop busy for 300 ms again and again, as too much work would.
class HeldUp {
 public:
  explicit HeldUp(asio::io_context& io) : turn_(io, 150ms) { hold(); }
  void stop() { turn_.cancel(); }

 private:
  void hold() {
    turn_.async_wait([this](asio::error_code const& stopped) {
      if (stopped) return;
      std::this_thread::sleep_for(300ms);
      turn_.expires_after(10ms);
      hold();
    });
  }

  asio::steady_timer turn_;
};

} // namespace

TEST_CASE("R9.1 a frame that cannot be used is answered with the field at fault, and the talk goes on") {
  House house;
  house.open();
  auto desk = house.desk();
  desk.enter();
  desk.say_text(R"({"type":"ask_teams","request":"no blanks allowed"})");
  auto const fault = desk.hear_a<Fault>();
  CHECK(fault.kind == FaultKind::malformed);
  CHECK(fault.path == "request");
  desk.say_text("not even JSON");
  CHECK(desk.hear_a<Fault>().kind == FaultKind::malformed);
  desk.hears_nothing();
}

TEST_CASE("R9.2 after five faults the connection is closed") {
  House house;
  house.open();
  auto desk = house.desk();
  desk.enter();
  for (int i = 0; i < 5; ++i) desk.say_text("{}");
  CHECK(desk.closed_with() == 4400);
  CHECK(house.figure("vigie_faults_total{kind=\"malformed\"}") == 5);
}

TEST_CASE("R9.2 a binary frame is closed at once") {
  House house;
  house.open();
  auto desk = house.desk();
  desk.enter();
  desk.say_raw({WebFrame::binary, "\x01\x02"});
  CHECK(desk.closed_with() == 4400);
}

TEST_CASE("R9.3 invalid UTF-8 and oversized frames are closed as WebSocket has it") {
  House house;
  house.open();
  auto garbled = house.desk(), huge = house.desk(), pieces = house.desk();
  garbled.enter();
  garbled.say_raw({WebFrame::text, "{\"type\":\"\xc3\x28\"}"});
  CHECK(garbled.closed_with() == 1007);
  huge.enter();
  huge.say_text(std::string(65 * 1024, ' '));
  CHECK(huge.closed_with() == 1009);
  pieces.enter();
  pieces.say_raw({WebFrame::text, std::string(40 * 1024, ' '), false});
  pieces.say_raw({0, std::string(40 * 1024, ' ')});
  CHECK(pieces.closed_with() == 1009);
}

TEST_CASE("R9.3 a frame without a mask is a protocol error") {
  House house;
  house.open();
  auto desk = house.desk();
  desk.enter();
  desk.say_raw({WebFrame::text, "{}"}, false);
  CHECK(desk.closed_with() == 1002);
}

TEST_CASE("R10.1 more commands than the burst are rejected as overloaded, each one answered") {
  auto options = House::quick_options();
  options.caps.commands = {5, 1h};
  House house{options};
  house.open();
  house.open_night(house.process);
  auto desk = house.desk();
  desk.enter();
  for (int i = 0; i < 8; ++i)
    desk.say(Submit{{"r" + std::to_string(i)}, house.clock->now(), request("s-" + std::to_string(i))});
  int accepted = 0, overloaded = 0;
  while (accepted + overloaded < 8) {
    auto const frame = desk.hear();
    if (std::holds_alternative<Accepted>(frame)) ++accepted;
    if (auto const* rejected = std::get_if<Rejected>(&frame)) {
      CHECK(rejected->reason == Rejection::overloaded);
      ++overloaded;
    }
  }
  CHECK(accepted == 5);
}

TEST_CASE("R10.1 an account has one rate of commands, in however many sessions and connections") {
  auto options = House::quick_options();
  options.caps.commands = {5, 1h};
  House house{options};
  house.open();
  house.open_night(house.process);
  std::vector<Screen> desks;
  for (int desk = 0; desk < 4; ++desk) desks.push_back(house.desk());
  int accepted = 0;
  for (int i = 0; i < 12; ++i) {
    auto& desk = desks[i % desks.size()];
    if (!desk.client) desk.enter();
    desk.say(Submit{{"r" + std::to_string(i)}, house.clock->now(), request("s-" + std::to_string(i))});
    for (bool answered = false; !answered;) {
      auto const frame = desk.hear();
      bool const taken = std::holds_alternative<Accepted>(frame);
      if (taken) ++accepted;
      answered = taken || std::holds_alternative<Rejected>(frame);
    }
  }
  CHECK(accepted == 5);
  auto other = house.screen(Role::coordinator);
  other.enter();
  other.say(Submit{{"other"}, house.clock->now(), request("s-other")});
  CHECK(other.hear_a<Accepted>().id.value == "other");
}

TEST_CASE("R10.6 an account has so many screens and no more, until one has gone") {
  auto options = House::quick_options();
  options.screens_per_account = 2;
  House house{options};
  house.open();
  auto first = house.desk(), second = house.desk(), third = house.desk();
  auto other = house.screen(Role::coordinator);
  first.enter();
  second.enter();
  REQUIRE(third.open() == 101);
  third.say(Hello{conversation_version, {}, {}});
  CHECK(third.closed_with() == 4429);
  CHECK(house.figure("vigie_turned_away_total") == 1);
  other.enter();
  second.client.reset();
  while (house.figure("vigie_screens{role=\"dispatcher\"}") > 1) house.run(house.pause());
  third.enter();
}

TEST_CASE("R10.6 an account that says hello again and again is closed") {
  auto options = House::quick_options();
  options.screens_per_account = 1; // twice at once, then one in ten seconds
  House house{options};
  house.open();
  auto desk = house.desk(), other = house.screen(Role::coordinator);
  for (int hello = 0; hello < 2; ++hello) {
    desk.enter();
    desk.client.reset();
    while (house.figure("vigie_screens{role=\"dispatcher\"}") > 0) house.run(house.pause());
  }
  REQUIRE(desk.open() == 101);
  desk.say(Hello{conversation_version, {}, {}});
  CHECK(desk.closed_with() == 4429);
  other.enter();
}

TEST_CASE("R10.1 a client does not pile up unanswered commands") {
  auto options = House::quick_options();
  options.caps.unanswered = 2;
  House house{options};
  house.open();
  house.open_night(house.process);
  auto desk = house.desk();
  desk.enter();
  asio::steady_timer disk{house.io, 1h};
  house.process.journal->troubles.before_append = [&]() -> asio::awaitable<void> {
    asio::error_code written;
    auto token = asio::redirect_error(asio::use_awaitable, written);
    co_await disk.async_wait(token);
  };
  for (int i = 0; i < 3; ++i)
    desk.say(Submit{{"r" + std::to_string(i)}, house.clock->now(), request("s-" + std::to_string(i))});
  auto const first = desk.hear_a<Rejected>();
  CHECK(first.id.value == "r2");
  CHECK(first.reason == Rejection::overloaded);
  disk.expires_after(0ms);
  CHECK(desk.hear_a<Accepted>().id.value == "r0");
  CHECK(desk.hear_a<Accepted>().id.value == "r1");
}

TEST_CASE("R10.2 too many frames end the connection") {
  auto options = House::quick_options();
  options.caps.frames = {10, 1h};
  House house{options};
  house.open();
  auto desk = house.desk();
  desk.enter();
  for (int i = 0; i < 12; ++i) desk.say(Ping{});
  CHECK(desk.closed_with() == 4429);
}

TEST_CASE("R10.2 too many positions of one handset are a fault, in whatever connection") {
  auto options = House::quick_options();
  options.caps.fixes = {2, 1h};
  House house{options};
  house.open();
  house.open_night(house.process);
  auto handset = house.handset(), again = house.handset();
  handset.enter();
  again.enter();
  Fix const fix{{{-1.66}, {48.12}}, {8}, {}, {}, house.clock->now()};
  for (int i = 0; i < 3; ++i) handset.say(ReportFix{fix});
  CHECK(handset.hear_a<Fault>().kind == FaultKind::too_fast);
  again.say(ReportFix{fix});
  CHECK(again.hear_a<Fault>().kind == FaultKind::too_fast);
}

TEST_CASE("R10.3 over the cap, who comes is told to come back") {
  auto options = House::quick_options();
  options.connections = 1;
  House house{options};
  house.open();
  auto first = house.desk(), second = house.desk();
  first.enter();
  CHECK(second.open() == 503);
  auto const answer = house.ask("GET", "/healthz");
  CHECK(answer.status == 503);
  CHECK(answer.headers.contains("retry-after"));
  CHECK(house.figure("vigie_turned_away_total") == 2);
}

TEST_CASE("R10.3 of one address only so many are let in, and again when one has left") {
  auto options = House::quick_options();
  options.connections_per_address = 2;
  options.behind_proxy = true;
  House house{options};
  house.open();
  auto const town = "X-Forwarded-For: 203.0.113.7\r\n";
  auto first = house.desk(), second = house.desk(), third = house.desk(), other = house.desk();
  CHECK(first.open(town) == 101);
  CHECK(second.open(town) == 101);
  CHECK(third.open(town) == 429);
  CHECK(other.open("X-Forwarded-For: 203.0.113.8\r\n") == 101);
  CHECK(house.figure("vigie_turned_away_total") == 1);
  second.client.reset();
  bool let_in = false;
  while (!let_in) let_in = third.open(town) == 101;
}

TEST_CASE(
    "R10.3 a server that is behind with its work lets nobody new in, serves who is there, and recovers") {
  auto options = House::quick_options();
  options.busy_when_late_by = 50ms;
  House house{options};
  house.open();
  house.open_night(house.process);
  auto desk = house.desk(), late = house.desk();
  desk.enter();
  HeldUp held_up{house.io};
  bool refused = false;
  while (!refused) refused = late.open() == 503;
  desk.say(Submit{{"r"}, house.clock->now(), request("s")});
  CHECK(desk.hear_a<Accepted>().id.value == "r");
  held_up.stop();
  bool let_in = false;
  while (!let_in) let_in = late.open() == 101;
}

TEST_CASE("R10.5 behind with its work, the server looks at some positions of each handset, not at all") {
  House house;
  house.open();
  house.open_night(house.process);
  auto handset = house.handset();
  handset.enter();
  Fix fix{{{-1.66}, {48.12}}, {8}, {}, {}, house.clock->now()};
  auto const report = [&] {
    fix.fixed_at += 1ms;
    handset.say(ReportFix{fix});
    handset.say(Ping{});
    handset.hear_a<Pong>();
  };
  auto const taken = [&] { return house.figure(R"(vigie_fixes_total{result="taken"})"); };
  HeldUp held_up{house.io};
  int said = 0;
  for (; house.figure(R"(vigie_fixes_total{result="skipped"})") == 0; ++said) report();
  CHECK(taken() == said - 1);
  held_up.stop();
  for (double before = taken(); taken() < before + 2;) {
    before = taken();
    report();
    report();
  }
}

TEST_CASE("R10.4 a slow reader is cut off to resume later, and nobody waits for it") {
  auto options = House::quick_options();
  options.caps.waiting_bytes = 32 * 1024;
  options.caps.system_bytes = 16 * 1024;
  options.close_within = 10s;
  House house{options};
  house.open();
  house.open_night(house.process);
  auto slow = house.desk(), quick = house.desk();
  slow.enter();
  quick.enter();
  quick.hear_next<Whole>();
  std::string const words(1900, 'a');
  int sent = 0;
  for (; house.figure("vigie_resyncs_total") == 0 && sent < 20'000; ++sent) {
    auto wanted = request("s-" + std::to_string(sent));
    wanted.particulars.words = Words{words};
    REQUIRE(house.submit(house.process, "r" + std::to_string(sent), wanted));
    quick.hear_a<Change>();
  }
  CHECK(house.figure("vigie_resyncs_total") == 1);
  quick.hears_nothing();
  CHECK(slow.closed_with() == 4009);
}

TEST_CASE("H3 one session that asks too fast waits, and keeps no other one waiting") {
  auto options = House::quick_options();
  options.caps.session = {3, 1h};
  House house{options};
  house.open();
  auto const hasty = house.signed_in(Role::dispatcher), calm = house.signed_in(Role::coordinator);
  for (int asked = 0; asked < 3; ++asked) CHECK(house.ask("GET", "/api/v1/places?q=a", hasty).status == 200);
  for (auto const* path : {"/api/v1/session", "/api/v1/places?q=a", "/api/v1/quarters", "/api/v1/settings",
                           "/api/v1/colleague?account=dispatcher"}) {
    auto const refused = house.ask("GET", path, hasty);
    CHECK(refused.status == 429);
    CHECK(refused.headers.at("retry-after") == "1");
    CHECK(decode<Problem>(refused.body)->problem == "too_fast");
  }
  CHECK(house.figure("vigie_refusals_total{problem=\"too_fast\"}") == 5);
  CHECK(house.ask("GET", "/api/v1/places?q=a", calm).status == 200);
}

TEST_CASE("R4.5 an id that the house makes itself is not a client's to use") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = house.desk();
  desk.enter();
  for (auto const* id :
       {"open-2026-11-21-1", "close-2026-11-21-1", "expire-a-1", "end-call-1", "call-0017"}) {
    desk.say(Submit{{id}, house.clock->now(), request("s-1")});
    auto const rejected = desk.hear_a<Rejected>();
    CHECK(rejected.id.value == id);
    CHECK(rejected.reason == Rejection::malformed);
    CHECK(rejected.path == "id");
  }
  auto const& state = house.process.engine.state();
  auto const reminders = domain::reminders(state, house.process.engine.service(), house.clock->now());
  REQUIRE(!reminders.empty());
  desk.say(Submit{reminders.front().id, house.clock->now(), request("s-1")});
  CHECK(desk.hear_a<Rejected>().reason == Rejection::malformed);
  desk.say(Submit{{"opening"}, house.clock->now(), request("s-1")});
  CHECK(desk.hear_a<Accepted>().id.value == "opening");
}
