#include "domain/views.hpp"

#include "unit/domain/story.hpp"

using namespace vigie::tests;
using namespace vigie::domain;

namespace {

std::optional<Particulars> all_told(SubjectId const& subject) {
  Particulars particulars;
  particulars.caller_name = Name{"of " + subject.value};
  particulars.number = Text<32>{"+33612345678"};
  particulars.words = Words{"party"};
  return particulars;
}

std::optional<Particulars> erased(SubjectId const&) { return std::nullopt; }

/// binome-1 at work on r1, about which something was confided; another request beside it.
Story two_requests() {
  Story story = a_night();
  for (std::string const id : {"r1", "r2"}) {
    OpenRequest open = open_request(id);
    open.particulars.words = Words{"party"};
    story.given(operator_, open);
  }
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  return story;
}

/// Touches one thing.
template <class Set, class Id> Touched touching(Set Touched::* kind, Id id) {
  Touched touched;
  (touched.*kind).insert(std::move(id));
  return touched;
}

} // namespace

TEST_CASE("a desk sees everything") {
  Story const story = two_requests();
  Whole const whole = desk_whole(story.state, all_told);
  CHECK(whole.version == story.state.version);
  CHECK(whole.entities.night.has_value());
  CHECK(whole.entities.requests.size() == 2);
  CHECK(whole.entities.teams.size() == 2);
  CHECK(whole.entities.assignments.size() == 1);
  REQUIRE(whole.entities.confidences.size() == 2);
  CHECK(whole.entities.confidences[0].particulars.number.has_value());
  CHECK(desk_whole(story.state, erased).entities.confidences.empty());
}

TEST_CASE("what was erased by a correction is not shown, not even as an empty text") {
  Story const story = two_requests();
  auto const emptied = [](SubjectId const&) -> std::optional<Particulars> {
    Particulars particulars;
    particulars.door = Name{""};
    particulars.words = Words{"party"};
    return particulars;
  };
  auto const whole = desk_whole(story.state, emptied);
  REQUIRE(whole.entities.confidences.size() == 2);
  CHECK_FALSE(whole.entities.confidences[0].particulars.door);
  CHECK(whole.entities.confidences[0].particulars.words == Words{"party"});
}

TEST_CASE("a desk that missed one commit is told what that commit touched") {
  Story story = two_requests();
  Version const before = story.state.version;
  CHECK(desk_change(story.state, touched_since(story.state, before), all_told).put.requests.empty());
  story.given(handset("binome-1"), RefuseAssignment{{"a1"}, RefusalReason::other});
  Change const change = desk_change(story.state, touched_since(story.state, before), all_told);
  CHECK(change.version == before + 1);
  CHECK_FALSE(change.put.night);
  REQUIRE(change.put.requests.size() == 1);
  CHECK(change.put.requests[0].id == RequestId{"r1"});
  CHECK(change.put.teams.size() == 1);
  CHECK(change.put.assignments.size() == 1);
  CHECK(change.put.confidences.empty());
}

TEST_CASE("what is touched and gone is taken off the desk") {
  Story const story = two_requests();
  Touched touched;
  touched.calls = {{"k9"}};
  touched.requests = {{"r1"}, {"r9"}};
  touched.assignments = {{"a9"}};
  touched.confidences = {{"r1"}};
  Change const change = desk_change(story.state, touched, erased);
  CHECK(change.put.requests.size() == 1);
  CHECK(change.remove.requests == std::vector<RequestId>{{"r9"}});
  CHECK(change.remove.calls == std::vector<CallId>{{"k9"}});
  CHECK(change.remove.assignments == std::vector<AssignmentId>{{"a9"}});
  CHECK(change.remove.confidences == std::vector<SubjectId>{{"r1"}});
}

TEST_CASE("changes from any version on lead to the same picture as the whole") {
  Story story = two_requests();
  story.given(handset("binome-1"), accept("a1"));
  story.given(handset("binome-1"), clear("a1"));
  Touched const all = touched_since(story.state, 0);
  CHECK(all.night);
  CHECK(all.requests.size() == 2);
  CHECK(all.teams.size() == 2);
  CHECK(all.assignments.size() == 1);
  CHECK(all.confidences.size() == 2);
  CHECK_FALSE(all.forgot);
}

TEST_CASE("a screen behind a pruning is given the whole") {
  Story story = two_requests();
  story.state.forgotten = story.state.version;
  CHECK(touched_since(story.state, story.state.version - 1).forgot);
  CHECK_FALSE(touched_since(story.state, story.state.version).forgot);
}

TEST_CASE("a handset sees its own team and task, and never the caller's number") {
  Story const story = two_requests();
  Whole const whole = team_whole(story.state, {"binome-1"}, all_told);
  REQUIRE(whole.entities.teams.size() == 1);
  CHECK(whole.entities.teams[0].id == TeamId{"binome-1"});
  REQUIRE(whole.entities.requests.size() == 1);
  CHECK(whole.entities.requests[0].id == RequestId{"r1"});
  REQUIRE(whole.entities.confidences.size() == 1);
  CHECK(whole.entities.confidences[0].particulars.words == Words{"party"});
  CHECK_FALSE(whole.entities.confidences[0].particulars.number);
  CHECK(whole.entities.calls.empty());
}

TEST_CASE("a handset keeps its own earlier tasks of the night, without the request's particulars") {
  Story story = two_requests();
  story.given(handset("binome-1"), accept("a1"));
  story.given(handset("binome-1"), clear("a1"));
  Whole const whole = team_whole(story.state, {"binome-1"}, all_told);
  CHECK(whole.entities.assignments.size() == 1);
  CHECK(whole.entities.requests.size() == 1);
  CHECK(whole.entities.confidences.empty());
  CHECK(team_whole(story.state, {"binome-2"}, all_told).entities.assignments.empty());
}

TEST_CASE("a handset hears of what it shows, and of nothing else") {
  Story const story = two_requests();
  TeamId const mine{"binome-1"};
  auto const concerns = [&](Touched const& touched) {
    return concerned(story.state, touched).contains(mine);
  };
  CHECK_FALSE(concerns({}));
  Touched touched_night;
  touched_night.night = true;
  CHECK(concerns(touched_night));
  Touched forgot;
  forgot.forgot = true;
  CHECK(concerns(forgot));
  CHECK(concerns(touching(&Touched::teams, mine)));
  CHECK_FALSE(concerns(touching(&Touched::teams, TeamId{"binome-2"})));
  CHECK(concerns(touching(&Touched::requests, RequestId{"r1"})));
  CHECK_FALSE(concerns(touching(&Touched::requests, RequestId{"r2"})));
  CHECK(concerns(touching(&Touched::assignments, AssignmentId{"a1"})));
  CHECK(concerns(touching(&Touched::confidences, SubjectId{"r1"})));
  CHECK_FALSE(concerns(touching(&Touched::confidences, SubjectId{"r2"})));
}

TEST_CASE("a state comes back from its snapshot as it was") {
  Story story = two_requests();
  story.given(telephone, report_from("0612345678", "k1", CallStage::ringing, story.now));
  Snapshot const first = snapshot_of(story.state);
  State const restored = state_from(first);
  Snapshot const second = snapshot_of(restored);
  CHECK(second.version == first.version);
  CHECK(second.last_request_number == 2);
  CHECK(second.night == first.night);
  CHECK(second.calls == first.calls);
  CHECK(second.requests == first.requests);
  CHECK(second.teams == first.teams);
  CHECK(second.assignments == first.assignments);
  CHECK(second.confidences == first.confidences);
  CHECK(second.taken == first.taken);
  CHECK(first.taken.size() == first.version);
  CHECK(touched_since(restored, first.version - 1).forgot);
  CHECK_FALSE(touched_since(restored, first.version).forgot);
}

TEST_CASE("a handset sees what was done at its place before, and nothing that was said then") {
  Story story = a_night();
  OpenRequest before = open_request("r1");
  before.place = Place{{"p1"}, before.quarter, {"L"}, {"E"}, {"S"}, {"1"}, {""}, {{-1.6}, {48.1}}};
  before.particulars.words = Words{"party"};
  OpenRequest now = before;
  now.request = {"r2"};
  story.given(operator_, before);
  story.given(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone});
  story.given(operator_, now);
  story.given(dispatcher, offer("a1", "r2", "binome-1"));
  Whole const whole = team_whole(story.state, {"binome-1"}, all_told);
  REQUIRE(whole.entities.requests.size() == 2);
  CHECK(whole.entities.requests[1].id == RequestId{"r1"});
  REQUIRE(whole.entities.confidences.size() == 1);
  CHECK(whole.entities.confidences[0].subject == SubjectId{"r2"});
}

TEST_CASE("a handset hears what becomes of the requests it was on, and of earlier visits") {
  Story story = a_night();
  OpenRequest visit = open_request("r1");
  visit.place = Place{{"p1"}, visit.quarter, {"L"}, {"E"}, {"S"}, {"1"}, {""}, {{-1.6}, {48.1}}};
  story.given(operator_, visit);
  visit.request = {"r2"};
  story.given(operator_, visit);
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.given(dispatcher, WithdrawAssignment{{"a1"}, WithdrawalReason::mistake});
  auto const told_by = [&](Actor const& actor, Command const& command) {
    auto const before = story.state.version;
    story.given(actor, command);
    return concerned(story.state, touched_since(story.state, before)).contains({"binome-1"});
  };
  CHECK(told_by(operator_, CloseRequest{{"r1"}, Disposition::advised_by_phone}));
  CHECK_FALSE(told_by(operator_, CloseRequest{{"r2"}, Disposition::advised_by_phone}));
  visit.request = {"r3"};
  story.given(operator_, visit);
  story.given(dispatcher, offer("a3", "r3", "binome-1"));
  CHECK(told_by(dispatcher, ReopenRequest{{"r2"}}));
  auto const before = story.state.version;
  AmendRequest moves = amend("r2");
  moves.place = visit.place;
  moves.place->id = {"p2"};
  story.given(dispatcher, CloseRequest{{"r2"}, Disposition::advised_by_phone});
  story.given(dispatcher, ReopenRequest{{"r2"}});
  story.given(operator_, moves);
  CHECK(concerned(story.state, touched_since(story.state, before)).contains({"binome-1"}));
}
