#include "telephony/call_door.hpp"

#include "unit/engine/processes.hpp"

using namespace vigie;
using namespace vigie::testing;

namespace {

protocol::Actor const telephone{{"telephone"}, protocol::Role::telephony, {}};

telephony::Outcome tell(World& world, Process& process, std::string event) {
  return world.run(telephony::take_event(process.engine, telephone, std::move(event)));
}

std::string event(World const& world, std::string const& stage, std::string const& more = "") {
  auto const at = std::to_string(world.clock->now().time_since_epoch().count());
  return R"({"call":"c-1","stage":")" + stage + R"(","at_ms":)" + at + more + "}";
}

} // namespace

TEST_CASE("a call that rings is on the desk, its number in the vault alone") {
  World world;
  auto& process = world.start();
  CHECK(tell(world, process, event(world, "ringing", R"(,"from":"06 99 00 12 34")")).status == 202);
  auto const& call = process.engine.state().calls.at({"c-1"}).entity;
  CHECK(call.status == protocol::CallStatus::ringing);
  CHECK(call.caller);
  CHECK(process.engine.confidence({"c-1"})->number->value == "+33699001234");
  CHECK(protocol::encode(world.store->commits().back()).find("699001234") == std::string::npos);
}

TEST_CASE("the id of an event, which the journal keeps, says nothing of the caller's number") {
  World const world;
  auto const id_with = [&](std::string const& number) {
    auto const told = event(world, "ringing", R"(,"from":")" + number + R"(")");
    return telephony::command_for(*protocol::decode<protocol::ReportCall>(told));
  };
  CHECK(id_with("06 99 00 12 34") == id_with("06 99 00 12 35"));
}

TEST_CASE("an event told twice is one commit") {
  World world;
  auto& process = world.start();
  auto const ringing = event(world, "ringing");
  CHECK(tell(world, process, ringing).status == 202);
  CHECK(tell(world, process, ringing).status == 202);
  CHECK(world.store->version() == 1);
}

TEST_CASE("events that come out of order give the same call") {
  World world;
  auto& process = world.start();
  auto const ringing = event(world, "ringing", R"(,"from":"0699001234")");
  world.clock->move(5s);
  auto const answered = event(world, "answered", R"(,"operator":"nora")");
  world.clock->move(60s);
  auto const ended = event(world, "ended", R"(,"reason":"caller_hung_up")");
  for (auto const& told : {ended, ringing, answered}) CHECK(tell(world, process, told).status == 202);
  auto const& call = process.engine.state().calls.at({"c-1"}).entity;
  CHECK(call.status == protocol::CallStatus::ended);
  CHECK(call.answered_at);
  CHECK(call.taken_by->value == "nora");
  CHECK(call.caller);
}

TEST_CASE("a malformed event is answered with the field at fault") {
  World world;
  auto& process = world.start();
  auto const outcome = tell(world, process, event(world, "exploded"));
  CHECK(outcome.status == 422);
  CHECK(outcome.body.find(R"("path":"stage")") != std::string::npos);
}

TEST_CASE("while the journal is away the telephone system is told to try again") {
  World world;
  auto& process = world.start();
  process.journal->set_away(true);
  world.until([&] { return !process.engine.journal_available(); });
  CHECK(tell(world, process, event(world, "ringing")).status == 503);
}
