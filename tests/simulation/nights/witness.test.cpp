#include "witness.hpp"

#include "people.hpp"

#include <catch2/catch.hpp>

using namespace vigie;
using namespace vigie::protocol;
using namespace vigie::simulation;
using vigie::tests::Broken;

namespace {

constexpr Instant evening{std::chrono::milliseconds{1'795'296'000'000}};

Commit commit(Version version, std::string const& command, std::vector<Event> events) {
  return {version, {command}, {{"awa"}, Role::dispatcher, std::nullopt}, evening, std::move(events)};
}

RequestOpened opened(std::string const& id, int number = 1) {
  RequestOpened event{};
  event.request = {id};
  event.number = number;
  event.at = evening;
  return event;
}

AssignmentOffered offered(std::string const& id, std::string const& request) {
  return {{id}, {request}, {"binome-1"}, evening, evening, {"awa"}, false};
}

/// A short night in which a team is sent, and comes back.
std::vector<Commit> short_night() {
  CallRang const rang{{"call"}, evening, std::nullopt, std::nullopt};
  return {
      commit(1, "open", {NightOpened{{"2026-11-21"}, evening, evening, std::nullopt, evening}}),
      commit(2, "ring", {rang}),
      commit(3, "on", {TeamSignedOn{{"binome-1"}, evening, {{"ana"}, {"ben"}}, Transport::on_foot}}),
      commit(4, "ask", {opened("stairs")}),
      commit(5, "send", {offered("sent", "stairs")}),
      commit(6, "back", {AssignmentWithdrawn{{"sent"}, evening, WithdrawalReason::mistake}}),
  };
}

void append(testing::MemoryStore& store, Commit const& commit) {
  REQUIRE(store.append({{commit, {}}}) == engine::Append::taken);
}

/// A process on a short night, and a rule broken in it.
struct Scene {
  Scene() {
    for (auto const& happened : short_night()) append(store, happened);
    state = replayed(store);
  }
  Broken look() { return witness.look({{"one", &state, {}}}, store); }
  Broken look_beside(domain::State const& other) {
    return witness.look({{"one", &state, {}}, {"two", &other, {}}}, store);
  }

  testing::MemoryStore store;
  domain::State state;
  Witness witness;
};

/// Folds as evolve does, but for the team, which stays as it was when its assignment ended.
domain::State folded_without_freeing(std::vector<Commit> const& commits) {
  domain::State state;
  for (auto const& commit : commits) {
    auto const teams = state.teams;
    domain::evolve(state, commit);
    if (std::holds_alternative<AssignmentWithdrawn>(commit.events.front())) state.teams = teams;
  }
  return state;
}

} // namespace

TEST_CASE("a sound night gives the witness nothing to say") {
  Scene scene;
  scene.witness.heard_taken({"ask"}, 4);
  CHECK(scene.look().empty());
  CHECK(scene.witness.look_at_rest({{"one", &scene.state, {}}}, scene.store).empty());
}

TEST_CASE("a rule that does not free the team is told") {
  Scene scene;
  scene.state = folded_without_freeing(short_night());
  CHECK(scene.look() == Broken{"one: team binome-1 stays busy without a live assignment"});
}

TEST_CASE("a team sent twice is told") {
  Scene scene;
  auto const again = commit(7, "send-2", {opened("hall", 2), offered("a", "stairs"), offered("b", "hall")});
  domain::evolve(scene.state, again);
  append(scene.store, again);
  CHECK(scene.look() ==
        Broken{"one: team does not know its assignment a", "one: team binome-1 has two live assignments"});
}

TEST_CASE("a request closed while a team is on it is told") {
  Scene scene;
  auto const wrong = commit(
      7, "send-2", {offered("a", "stairs"), RequestClosed{{"stairs"}, evening, Disposition::cancelled}});
  append(scene.store, wrong);
  domain::evolve(scene.state, wrong);
  CHECK(scene.look() == Broken{"one: status of request stairs does not fit"});
}

TEST_CASE("two requests with one number are told") {
  Scene scene;
  auto const wrong = commit(7, "ask-again", {opened("hall")});
  append(scene.store, wrong);
  domain::evolve(scene.state, wrong);
  CHECK(scene.look() == Broken{"one: request stairs has the number of another one"});
}

TEST_CASE("a night closed over open work and a team on duty is told") {
  Scene scene;
  auto const wrong = commit(7, "close", {NightClosed{evening}});
  append(scene.store, wrong);
  domain::evolve(scene.state, wrong);
  CHECK(scene.look() == Broken{"one: request stairs is open while no night is",
                               "one: team binome-1 is on duty while no night is"});
}

TEST_CASE("a call that rang and is nowhere, or whose times do not fit, is told") {
  Scene scene;
  scene.state.calls.begin()->second.entity.status = CallStatus::answered;
  CHECK(scene.look() == Broken{"one: status of call call does not fit its times"});
  scene.state.calls.clear();
  CHECK(scene.look() == Broken{"one: call call rang and is nowhere"});
}

TEST_CASE("a command that is in the journal twice is told") {
  Scene scene;
  append(scene.store, commit(7, "ask", {}));
  CHECK(scene.look() == Broken{"command ask is in the journal twice"});
}

TEST_CASE("an answer that the journal does not bear out is told") {
  Scene scene;
  scene.witness.heard_taken({"never-written"}, 5);
  scene.witness.heard_taken({"ask"}, 2);
  CHECK(scene.look() == Broken{"command ask is in the journal at another version than answered",
                               "answered command never-written is not in the journal"});
}

TEST_CASE("a command that was refused and taken afterwards is told") {
  Scene scene;
  scene.witness.heard_refused({"back"});
  CHECK(scene.look() == Broken{"command back was refused and taken"});
}

TEST_CASE("two different answers to one command are told") {
  Scene scene;
  scene.witness.heard_taken({"ask"}, 4);
  scene.witness.heard_taken({"ask"}, 5);
  CHECK(scene.look() == Broken{"command ask was answered with two versions"});
}

TEST_CASE("a number or a name in a commit is told") {
  Scene scene;
  for (auto& secret : People::secrets()) scene.witness.keep_secret(std::move(secret));
  CHECK(scene.look().empty());
  append(scene.store, commit(7, "leak", {CallRang{{"c"}, evening, CallerKey{"+33655512001"}, std::nullopt}}));
  CHECK(scene.look() == Broken{"commit 7 tells a secret"});
}

TEST_CASE("a process that goes back to an older version is told") {
  Scene scene;
  CHECK(scene.look().empty());
  scene.state.version = 5;
  CHECK(scene.look() == Broken{"one went back to an older version"});
}

TEST_CASE("two processes that differ at one version are told") {
  Scene scene;
  auto other = scene.state;
  other.last_request_number += 1;
  CHECK(scene.look_beside(other) == Broken{"one and two differ at one version"});
  CHECK(scene.witness.look_at_rest({{"two", &other, {}}}, scene.store) ==
        Broken{"two shows another state than its journal"});
}

TEST_CASE("a snapshot that is not what the journal says is told") {
  Scene scene;
  auto snapshot = domain::snapshot_of(scene.state);
  snapshot.teams.clear();
  scene.store.keep(std::move(snapshot));
  CHECK(scene.witness.look_at_rest({{"one", &scene.state, {}}}, scene.store) ==
        Broken{"the snapshot and the rest give another state than the whole journal"});
}

TEST_CASE("an answered command that a failover lost and nobody put back is told") {
  Scene scene;
  scene.witness.heard_taken({"ask"}, 4);
  scene.witness.heard_taken({"back"}, 6);
  CHECK(scene.look().empty());
  scene.store.lose_after(5);
  scene.witness.failed_over();
  scene.state = replayed(scene.store);
  CHECK(scene.look().empty());
  CHECK(scene.witness.missing() == std::vector<CommandId>{{"back"}});
}

TEST_CASE("a process that keeps to the lost end of a journal is told") {
  Scene scene;
  CHECK(scene.look().empty());
  scene.store.lose_after(5);
  scene.witness.failed_over();
  append(scene.store, commit(6, "other", {opened("hall")}));
  CHECK(scene.look().empty());
  CHECK(scene.witness.look_at_rest({{"one", &scene.state, {}}}, scene.store) ==
        Broken{"one shows another state than its journal"});
}

TEST_CASE("a position of a team that is off duty is told") {
  Scene scene;
  Position const here{{"binome-1"}, {{{-1.66}, {48.12}}, {10}, {}, {}, evening}, FixSource::handset};
  Picture const picture{evening, {here}, {}};
  CHECK(scene.witness.look({{"one", &scene.state, picture}}, scene.store).empty());
  auto const signs_off = commit(7, "off", {TeamSignedOff{{"binome-1"}, evening}});
  append(scene.store, signs_off);
  domain::evolve(scene.state, signs_off);
  CHECK(scene.witness.look({{"one", &scene.state, picture}}, scene.store) ==
        Broken{"one: team binome-1 is tracked off duty"});
}
