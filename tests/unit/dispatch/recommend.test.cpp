#include "dispatch/recommend.hpp"

#include "unit/domain/story.hpp"

using namespace vigie::tests;
using vigie::dispatch::distance_between;
using vigie::dispatch::Positions;

namespace {

Position seen(std::string const& team, Point where, Instant at) {
  return {{team}, {where, {10}, std::nullopt, std::nullopt, at}, FixSource::handset};
}

OpenRequest at_gast(std::string const& id) {
  OpenRequest open = open_request(id);
  open.place = place("p-gast", "maurepas", "Gast", point(-1.660, 48.128));
  return open;
}

std::vector<Recommendation> recommend(Story const& story, Positions const& positions) {
  return vigie::dispatch::recommend(story.state, story.service, story.request("r1"), positions, story.now);
}

std::vector<std::string> order_of(std::vector<Recommendation> const& recommendations) {
  std::vector<std::string> teams;
  for (auto const& recommendation : recommendations) teams.push_back(recommendation.team.value);
  return teams;
}

bool gives(Recommendation const& recommendation, Advice advice) {
  return std::count(recommendation.reasons.begin(), recommendation.reasons.end(), advice) == 1;
}

} // namespace

TEST_CASE("the team that is there first comes first, one without a position last") {
  Story story = a_night();
  story.given(operator_, at_gast("r1"));
  story.given(dispatcher, sign_on("binome-3", {"emma"}));
  Positions const positions = {{{"binome-1"}, seen("binome-1", point(-1.704, 48.121), story.now)},
                               {{"binome-2"}, seen("binome-2", point(-1.661, 48.129), story.now)}};
  auto const teams = recommend(story, positions);
  CHECK(order_of(teams) == std::vector<std::string>{"binome-2", "binome-1", "binome-3"});
  CHECK(gives(teams[0], Advice::nearest));
  CHECK_FALSE(gives(teams[1], Advice::nearest));
  CHECK(gives(teams[2], Advice::no_position));
  CHECK_FALSE(teams[2].distance);
  CHECK_FALSE(teams[2].travel_time);
}

TEST_CASE("a car far away is there before a team on foot nearer by") {
  Story story = a_night();
  story.given(operator_, at_gast("r1"));
  story.given(dispatcher, sign_on("binome-3", {"emma"}, Transport::car));
  Positions const positions = {{{"binome-1"}, seen("binome-1", point(-1.690, 48.128), story.now)},
                               {{"binome-3"}, seen("binome-3", point(-1.704, 48.121), story.now)}};
  auto const teams = recommend(story, positions);
  CHECK(teams[0].team == TeamId{"binome-3"});
  CHECK(gives(teams[1], Advice::nearest));
  CHECK(*teams[0].travel_time < *teams[1].travel_time);
}

TEST_CASE("a team with a car walks round the corner") {
  Story story = a_night();
  story.given(operator_, at_gast("r1"));
  story.given(dispatcher, sign_on("binome-3", {"emma"}, Transport::car));
  Point const corner = point(-1.660, 48.1285);
  Positions const positions = {{{"binome-1"}, seen("binome-1", corner, story.now)},
                               {{"binome-3"}, seen("binome-3", corner, story.now)}};
  auto const teams = recommend(story, positions);
  CHECK(teams[0].travel_time == teams[1].travel_time);
}

TEST_CASE("only free teams are proposed") {
  Story story = a_night_at_work();
  story.given(operator_, at_gast("r2"));
  story.given(handset("binome-2"), TakeBreak{{"binome-2"}});
  CHECK(recommend(story, {}).empty());
}

TEST_CASE("of two as near, the one that has worked there comes first") {
  Story story = a_night();
  OpenRequest earlier = at_gast("r0");
  earlier.place = place("p-other-hall", "maurepas", "Gast", point(-1.6601, 48.1281));
  story.given(operator_, earlier);
  story.given(dispatcher, offer("a0", "r0", "binome-2"));
  story.given(handset("binome-2"), accept("a0"));
  story.later(10min).given(handset("binome-2"), clear("a0"));
  story.given(operator_, at_gast("r1"));
  auto const teams = recommend(story, {});
  CHECK(order_of(teams) == std::vector<std::string>{"binome-2", "binome-1"});
  CHECK(gives(teams[0], Advice::knows_the_place));
  CHECK_FALSE(gives(teams[1], Advice::knows_the_place));
}

TEST_CASE("who refused the request, or let it pass, is proposed after all others, and it is said") {
  Story story = a_night();
  story.given(operator_, at_gast("r1"));
  Positions const positions = {{{"binome-1"}, seen("binome-1", point(-1.660, 48.128), story.now)}};
  CHECK(recommend(story, positions)[0].team == TeamId{"binome-1"});
  story.given(dispatcher, offer("a1", "r1", "binome-1"));
  story.given(handset("binome-1"), RefuseAssignment{{"a1"}, RefusalReason::too_far});
  auto const refused = recommend(story, positions);
  CHECK(order_of(refused) == std::vector<std::string>{"binome-2", "binome-1"});
  CHECK(gives(refused[1], Advice::refused_it));
  story.later(1min).given(dispatcher, offer("a2", "r1", "binome-1"));
  story.later(1h).given(time_itself, ExpireOffer{{"a2"}});
  auto const let_pass = recommend(story, positions);
  CHECK(order_of(let_pass) == std::vector<std::string>{"binome-2", "binome-1"});
  CHECK(gives(let_pass[1], Advice::did_not_answer));
  CHECK_FALSE(gives(let_pass[1], Advice::refused_it));
  story.given(operator_, at_gast("r2"));
  auto const other =
      vigie::dispatch::recommend(story.state, story.service, story.request("r2"), positions, story.now);
  CHECK(other[0].team == TeamId{"binome-1"});
}

TEST_CASE("else the one that has been free longest, and at last the name decides") {
  Story story = a_night();
  story.given(operator_, at_gast("r1"));
  CHECK(order_of(recommend(story, {})) == std::vector<std::string>{"binome-1", "binome-2"});
  story.later(1h).given(handset("binome-1"), TakeBreak{{"binome-1"}});
  story.given(handset("binome-1"), EndBreak{{"binome-1"}});
  auto const teams = recommend(story, {});
  CHECK(order_of(teams) == std::vector<std::string>{"binome-2", "binome-1"});
  CHECK(gives(teams[0], Advice::long_free));
  CHECK_FALSE(gives(teams[1], Advice::long_free));
}

TEST_CASE("an old position is said to be old") {
  Story story = a_night();
  story.given(operator_, at_gast("r1"));
  story.later(2min);
  Point const there = point(-1.660, 48.128);
  Positions const positions = {{{"binome-1"}, seen("binome-1", there, story.now - 61s)},
                               {{"binome-2"}, seen("binome-2", there, story.now - 60s)}};
  auto const teams = recommend(story, positions);
  CHECK(gives(teams[0], Advice::stale_position));
  CHECK(gives(teams[1], Advice::fresh_position));
}

TEST_CASE("a request described in words alone is looked for in the middle of its quarter") {
  Story story = a_night();
  story.given(operator_, open_request("r1"));
  Positions const positions = {{{"binome-1"}, seen("binome-1", point(-1.660, 48.128), story.now)}};
  auto const teams = recommend(story, positions);
  REQUIRE(teams[0].distance);
  CHECK(teams[0].distance->value == Approx(0));
}

TEST_CASE("distances are those on the globe") {
  CHECK(distance_between(point(0, 0), point(0, 1)) == Approx(111'195).epsilon(0.001));
  CHECK(distance_between(point(-1.704, 48.121), point(-1.660, 48.128)) == Approx(3359).epsilon(0.01));
  CHECK(distance_between(point(179.9, 0), point(-179.9, 0)) == Approx(22'239).epsilon(0.001));
  CHECK(distance_between(point(0, 90), point(180, 90)) == Approx(0).margin(1e-6));
}
