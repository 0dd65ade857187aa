#include "processes.hpp"

using namespace vigie;
using namespace vigie::testing;

namespace {

/// Where the process's journal is kept it is so much later than here.
std::shared_ptr<HandClock> journals_clock(Process& process, std::chrono::milliseconds later) {
  auto clock = std::make_shared<HandClock>();
  clock->move(later);
  process.journal->clock = clock;
  return clock;
}

} // namespace

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

TEST_CASE("a call that is lost twice is ended twice, and keeps no offer from expiring") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  auto const tell = [&](protocol::CallStage stage, std::string const& id) {
    protocol::ReportCall const report{{"k-1"}, stage, world.clock->now(), {}, {}, {}, {}};
    auto told = world.submission(id, report, protocol::Role::telephony);
    REQUIRE(world.run(process.engine.submit(std::move(told))));
  };
  auto const time_brings = [&](protocol::CallStatus status) {
    process.engine.look_at_clock();
    world.until([&] { return process.engine.state().calls.at({"k-1"}).entity.status == status; });
  };
  tell(protocol::CallStage::ringing, "ring");
  world.clock->move(10min);
  time_brings(protocol::CallStatus::missed);
  world.clock->move(1min);
  tell(protocol::CallStage::answered, "answer");
  world.clock->move(2h);
  REQUIRE(world.submit(process, "ask-1", request("r-1")));
  REQUIRE(world.submit(process, "offer-1", protocol::OfferAssignment{{"a-1"}, {"r-1"}, {"binome-1"}, false}));
  time_brings(protocol::CallStatus::ended);
  world.clock->move(10min);
  process.engine.look_at_clock();
  world.until([&] {
    return process.engine.state().assignments.at({"a-1"}).entity.status ==
           protocol::AssignmentStatus::expired;
  });
}

TEST_CASE("a process goes by the journal's clock where its own is wrong, from the moment of the jump") {
  World world;
  auto& process = world.start();
  auto const right = journals_clock(process, 10s);
  world.until([&] { return process.engine.now() >= right->now(); });
  world.open_night(process);
  REQUIRE(world.submit(process, "ask-1", request("r-1")));
  REQUIRE(world.submit(process, "offer-1", protocol::OfferAssignment{{"a-1"}, {"r-1"}, {"binome-1"}, false}));
  auto const jump = GENERATE(1h, -1h);
  world.clock->move(jump);
  CHECK(std::chrono::abs(process.engine.now() - right->now()) < 10s);
  process.engine.look_at_clock();
  for (auto const* other : {"r-2", "r-3"}) REQUIRE(world.submit(process, other, request(other)));
  CHECK(process.engine.state().assignments.at({"a-1"}).entity.status == protocol::AssignmentStatus::offered);
}

TEST_CASE("a machine that is a little off keeps its own time") {
  World world;
  auto& process = world.start();
  journals_clock(process, 1s);
  world.open_night(process);
  world.until([&, looks = 0]() mutable { return ++looks > 20; });
  CHECK(process.engine.now() == world.clock->now());
}
