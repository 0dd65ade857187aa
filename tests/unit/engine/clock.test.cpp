#include "processes.hpp"

using namespace vigie;
using namespace vigie::testing;

TEST_CASE("an offer that nobody answers expires once, whichever process is first") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  world.open_night(first);
  REQUIRE(world.submit(first, "ask-1", request("r-1")));
  REQUIRE(world.submit(first, "offer-1", protocol::OfferAssignment{{"a-1"}, {"r-1"}, {"binome-1"}, false}));
  auto const before = world.store->version();
  world.clock->move(10min);
  first.engine.look_at_clock();
  second.engine.look_at_clock();
  world.until([&] {
    return first.engine.state().version > before &&
           second.engine.state().version == first.engine.state().version;
  });
  CHECK(world.store->version() == before + 1);
  CHECK(first.engine.state().assignments.at({"a-1"}).entity.status == protocol::AssignmentStatus::expired);
  CHECK_FALSE(first.engine.state().teams.at({"binome-1"}).entity.assignment);
  CHECK(first.engine.state().requests.at({"r-1"}).entity.status == protocol::RequestStatus::waiting);
}
