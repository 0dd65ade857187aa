#include "house.hpp"

#include <set>

using namespace vigie;
using namespace vigie::protocol;
using namespace vigie::testing;

namespace {

/// A desk that has heard all there was at its arrival.
Screen settled_desk(House& house) {
  auto desk = house.desk();
  desk.enter();
  desk.hear_next<Whole>();
  desk.hear_next<Picture>();
  return desk;
}

Submit asking(House& house, int number) {
  auto const name = std::to_string(number);
  return {{"ask-" + name}, house.clock->now(), request("r-" + name)};
}

} // namespace

TEST_CASE("R3.1 a change carries whole entities, from the version the desk has to the one it names") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = settled_desk(house);
  desk.say(asking(house, 1));
  auto const change = desk.hear_next<Change>();
  CHECK(change.version == house.process.engine.state().version);
  REQUIRE(change.put.requests.size() == 1);
  CHECK(change.put.requests[0] == house.process.engine.state().requests.at({"r-1"}).entity);
  CHECK(change.put.calls.empty());
  CHECK(change.put.teams.empty());
}

TEST_CASE("R3.4 frames come in the order of their versions, to those who only watch too") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = settled_desk(house);
  auto watcher = settled_desk(house);
  auto const last = house.process.engine.state().version + 20;
  for (int number = 1; number <= 20; ++number) desk.say(asking(house, number));
  Version seen = 0;
  std::size_t requests = 0;
  while (seen < last) {
    auto const change = watcher.hear_next<Change>();
    CHECK(change.version > seen);
    seen = change.version;
    requests += change.put.requests.size();
  }
  CHECK(requests == 20);
}

TEST_CASE("R4.3 what was done without network keeps the time at which it was done") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = settled_desk(house);
  desk.say(asking(house, 1));
  desk.say(Submit{{"offer"}, house.clock->now(), OfferAssignment{{"a-1"}, {"r-1"}, {"binome-1"}, false}});
  desk.say(Submit{{"accept"}, house.clock->now(), AcceptAssignment{{"a-1"}}});
  while (desk.hear_a<Accepted>().id.value != "accept") {
  }
  house.clock->move(std::chrono::minutes{30});
  auto const then = house.clock->now() - std::chrono::minutes{20};
  desk.say(Submit{{"late"}, then, ReportProgress{{"a-1"}, Milestone::on_site}});
  desk.hear_a<Accepted>();
  CHECK(house.process.engine.state().assignments.at({"a-1"}).entity.on_site_at == then);
}

TEST_CASE("R5.1 each command has exactly one answer, with its id") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = settled_desk(house);
  std::multiset<std::string> answered;
  for (int number = 1; number <= 10; ++number) desk.say(asking(house, number % 7));
  desk.say(Submit{{"wrong"}, house.clock->now(), TakeBreak{{"nobody"}}});
  while (answered.size() < 11) {
    auto const frame = desk.hear();
    if (auto const* accepted = std::get_if<Accepted>(&frame)) answered.insert(accepted->id.value);
    if (auto const* rejected = std::get_if<Rejected>(&frame)) answered.insert(rejected->id.value);
  }
  CHECK(answered.count("wrong") == 1);
  CHECK(answered.count("ask-1") == 2); // sent twice, answered twice
  desk.hears_nothing();
}

TEST_CASE("R7.2 ping is answered with the server's clock") {
  House house;
  house.open();
  auto desk = settled_desk(house);
  desk.say(Ping{});
  CHECK(desk.hear_next<Pong>().now == house.clock->now());
}
