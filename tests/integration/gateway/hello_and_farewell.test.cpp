#include "house.hpp"

using namespace vigie;
using namespace vigie::protocol;
using namespace vigie::testing;

TEST_CASE("R1.1 without a session cookie, or from a foreign page, no socket opens") {
  House house;
  house.open();
  Screen stranger{house, ""};
  CHECK(stranger.open() == 401);
  auto desk = house.desk();
  CHECK(desk.open("Origin: https://evil.example\r\n") == 403);
  CHECK(desk.open("Origin: http://127.0.0.1:" + std::to_string(house.port) + "\r\n") == 101);
}

TEST_CASE("R1.1 of hosts that name themselves ours, only an address or localhost is, over http") {
  House house;
  house.open();
  auto const asked = [&](std::string const& scheme, std::string const& host) {
    auto const text = "DELETE /api/v1/session HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + scheme + host;
    return house.run(exchange(house.io, house.port, text + "\r\n\r\n")).status;
  };
  for (auto const* host : {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]", "[2001:db8::1]:8080"}) {
    CHECK(asked("http://", host) == 204);
    CHECK(asked("https://", host) == 204);
    CHECK(asked("ftp://", host) == 403);
  }
  for (auto const* host : {"[evil.example]", "1.2.3.4.5", "1.2", "300.1.1.1", "evil.example", "[]", "[::1"})
    CHECK(asked("http://", host) == 403);
}

TEST_CASE("R1.1 a configured origin is ours too") {
  auto options = House::quick_options();
  options.origins = {"https://vigie.example"};
  House house{options};
  house.open();
  auto desk = house.desk();
  CHECK(desk.open("Origin: https://vigie.example\r\n") == 101);
}

TEST_CASE("R1.2 who says no hello in time is closed") {
  auto options = House::quick_options();
  options.hello_within = 10ms;
  House house{options};
  house.open();
  auto desk = house.desk();
  REQUIRE(desk.open() == 101);
  CHECK(desk.hear_next<Fault>().kind == FaultKind::hello_expected);
  CHECK(desk.closed_with() == 4408);
}

TEST_CASE("R1.2 who said hello in time is not told otherwise where accounts take too long") {
  auto options = House::quick_options();
  options.hello_within = 50ms;
  House house{options};
  house.open();
  auto desk = house.desk();
  REQUIRE(house.run(house.redis.run({"CLIENT", "PAUSE", "400"})));
  REQUIRE(desk.open() == 101);
  desk.say(Hello{conversation_version, {}, {}});
  auto const said = desk.hear_raw();
  REQUIRE(said);
  REQUIRE(said->opcode == WebFrame::close);
  CHECK(close_code(*said) == 1012);
}

TEST_CASE("R1.3 hello is answered with who one is, the service and the line") {
  House house;
  house.open();
  auto desk = house.desk();
  auto const welcome = desk.enter();
  CHECK(welcome.actor.role == Role::dispatcher);
  CHECK(welcome.service.word().id.value == "rennes");
  CHECK(welcome.line == house.process.engine.line());
  CHECK(welcome.now == house.clock->now());
  CHECK(house.figure("vigie_screens{role=\"dispatcher\"}") == 1);
}

TEST_CASE("R1.3 anything said before hello, and a second hello, is a fault") {
  House house;
  house.open();
  auto desk = house.desk();
  REQUIRE(desk.open() == 101);
  desk.say(Ping{});
  CHECK(desk.hear_next<Fault>().kind == FaultKind::hello_expected);
  desk.say(Hello{conversation_version, {}, {}});
  desk.hear_next<Welcome>();
  desk.say(Hello{conversation_version, {}, {}});
  CHECK(desk.hear_a<Fault>().kind == FaultKind::hello_expected);
}

TEST_CASE("R1.4 another version of the conversation is told to reload") {
  House house;
  house.open();
  auto desk = house.desk();
  REQUIRE(desk.open() == 101);
  desk.say(Hello{conversation_version + 1, {}, {}});
  CHECK(desk.hear_next<Fault>().kind == FaultKind::conversation_unknown);
  CHECK(desk.closed_with() == 4426);
}

TEST_CASE("R1.5 a session that does not hold is closed with 4401") {
  House house;
  house.open();
  Screen stranger{house, "made-up"};
  REQUIRE(stranger.open() == 101);
  stranger.say(Hello{conversation_version, {}, {}});
  CHECK(stranger.closed_with() == 4401);
}

TEST_CASE("R11.1 a session revoked elsewhere closes its socket") {
  House house;
  house.open();
  auto coordinator = house.screen(Role::coordinator), desk = house.desk();
  coordinator.enter();
  desk.enter();
  accounts::Accounts elsewhere{house.redis, {{1, 8192}}, [] { return Instant{}; }};
  REQUIRE(house.run(elsewhere.revoke_all({"coordinator"})));
  CHECK(coordinator.closed_with() == 4401);
  desk.hear_next<Whole>();
  desk.hear_next<Picture>();
  desk.hears_nothing();
}

TEST_CASE("R11.1 what is remembered of a session keeps no socket open") {
  House house{House::quick_options(), 1h};
  house.open();
  auto desk = house.desk();
  desk.enter();
  accounts::Accounts elsewhere{house.redis, {{1, 8192}}, [] { return Instant{}; }};
  REQUIRE(house.run(elsewhere.revoke_all({"dispatcher"})));
  CHECK(desk.closed_with() == 4401);
}

TEST_CASE("R11.1 what is remembered of a session opens no socket") {
  auto options = House::quick_options();
  options.recheck = 1h;
  House house{options, 1h};
  house.open();
  auto desk = house.desk();
  accounts::Accounts elsewhere{house.redis, {{1, 8192}}, [] { return Instant{}; }};
  REQUIRE(house.run(elsewhere.revoke_all({"dispatcher"})));
  REQUIRE(desk.open() == 101);
  desk.say(Hello{conversation_version, {}, {}});
  CHECK(desk.closed_with() == 4401);
}

TEST_CASE("R11.1 signing out closes the session's sockets here at once, and no other's") {
  auto options = House::quick_options();
  options.recheck = 1h;
  House house{options};
  house.open();
  auto const token = house.token(Role::dispatcher);
  Screen desk{house, token}, same{house, token};
  auto other = house.desk();
  for (auto* screen : {&desk, &same, &other}) screen->enter();
  CHECK(house.ask("DELETE", "/api/v1/session", "Cookie: vigie_session=" + token + "\r\n").status == 204);
  CHECK(desk.closed_with() == 4401);
  CHECK(same.closed_with() == 4401);
  other.hear_next<Whole>();
  other.hear_next<Picture>();
  other.hears_nothing();
}

TEST_CASE("R11.2 a server that stops tells every screen to connect again") {
  House house;
  house.open();
  auto desk = house.desk(), handset = house.handset();
  desk.enter();
  handset.enter();
  bool stopped = false;
  asio::co_spawn(house.io, house.front->stop(), [&](std::exception_ptr) { stopped = true; });
  CHECK(desk.closed_with() == 1012);
  CHECK(handset.closed_with() == 1012);
  house.until([&] { return stopped; });
  CHECK(house.ask("GET", "/healthz").status == 0);
  house.port = 0;
}
