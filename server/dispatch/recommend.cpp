#include "dispatch/recommend.hpp"

#include "dispatch/travel.hpp"
#include "domain/finding.hpp"

#include <algorithm>
#include <tuple>

namespace vigie::dispatch {

using namespace protocol;

namespace {

/// A team that has been free for this long may be waiting for work.
constexpr std::chrono::minutes long_free{30};

/// A free team with what it is ranked by.
struct Candidate {
  Team const* team{};
  std::optional<Travel> travel;
  bool position_is_stale{};
  bool knows_the_place{};
  std::optional<Advice> passed_it_up; ///< it had this very request before, and how that ended
};

bool is_free(Team const& team) { return team.duty == Duty::available && !team.assignment; }

/// The request's place; in its absence the middle of the quarter, which is at least the right direction.
std::optional<Point> destination_of(Request const& request, Service const& service) {
  if (request.place) return request.place->point;
  for (Quarter const& quarter : service.quarters)
    if (quarter.id == request.quarter) return quarter.centre;
  return std::nullopt;
}

bool same_place(std::optional<Place> const& left, std::optional<Place> const& right) {
  if (!left || !right) return false;
  bool const same_estate =
      !left->estate.value.empty() && left->estate == right->estate && left->landlord == right->landlord;
  return left->id == right->id || same_estate;
}

/// Whether the team has finished an assignment there, as far back as the state remembers.
bool has_worked_there(domain::State const& state, TeamId const& team, Request const& request) {
  return std::any_of(state.assignments.begin(), state.assignments.end(), [&](auto const& item) {
    Assignment const& assignment = item.second.entity;
    if (assignment.team != team || assignment.status != AssignmentStatus::cleared) return false;
    auto const earlier = state.requests.find(assignment.request);
    return earlier != state.requests.end() && same_place(earlier->second.entity.place, request.place);
  });
}

/// How the team passed the request up when it was last offered to it, if it did.
std::optional<Advice> passed_up(domain::State const& state, TeamId const& team, Request const& request) {
  Assignment const* last = nullptr;
  for (auto const& [id, held] : state.assignments) {
    Assignment const& assignment = held.entity;
    if (assignment.team != team || assignment.request != request.id) continue;
    if (!last || assignment.offered_at > last->offered_at) last = &assignment;
  }
  if (last && last->status == AssignmentStatus::refused) return Advice::refused_it;
  if (last && last->status == AssignmentStatus::expired) return Advice::did_not_answer;
  return std::nullopt;
}

Candidate candidate_for(domain::State const& state, Service const& service, Request const& request,
                        Team const& team, Positions const& positions, Instant now) {
  Candidate candidate;
  candidate.team = &team;
  candidate.knows_the_place = has_worked_there(state, team.id, request);
  candidate.passed_it_up = passed_up(state, team.id, request);
  auto const position = positions.find(team.id);
  auto const destination = destination_of(request, service);
  if (position == positions.end() || !destination) return candidate;
  Fix const& fix = position->second.fix;
  candidate.travel = travel_between(fix.point, *destination, team.transport, service.travel);
  candidate.position_is_stale = now - fix.fixed_at > service.fix_stale_after;
  return candidate;
}

/// Those who passed the request up come after all others. Quickest first, by whole minutes, since the
/// estimate is no better; those without a position last. Then who knows the place, then who is free longest;
/// the id decides what nothing else does, so that every screen shows one order.
auto rank(Candidate const& candidate) {
  auto const minutes = candidate.travel ? std::chrono::floor<std::chrono::minutes>(candidate.travel->time)
                                        : std::chrono::minutes::max();
  return std::tuple(candidate.passed_it_up.has_value(), minutes, !candidate.knows_the_place,
                    candidate.team->since, candidate.team->id);
}

std::vector<Advice> reasons_of(Candidate const& candidate, bool is_nearest, Instant now) {
  std::vector<Advice> reasons;
  if (is_nearest) reasons.push_back(Advice::nearest);
  if (candidate.knows_the_place) reasons.push_back(Advice::knows_the_place);
  if (!candidate.travel)
    reasons.push_back(Advice::no_position);
  else
    reasons.push_back(candidate.position_is_stale ? Advice::stale_position : Advice::fresh_position);
  if (candidate.passed_it_up) reasons.push_back(*candidate.passed_it_up);
  if (now - candidate.team->since >= long_free) reasons.push_back(Advice::long_free);
  return reasons;
}

Recommendation recommendation_of(Candidate const& candidate, bool is_nearest, Instant now) {
  Recommendation recommendation{.team = candidate.team->id,
                                .distance = std::nullopt,
                                .travel_time = std::nullopt,
                                .reasons = reasons_of(candidate, is_nearest, now)};
  if (!candidate.travel) return recommendation;
  recommendation.distance = candidate.travel->distance;
  recommendation.travel_time = candidate.travel->time;
  return recommendation;
}

/// The shortest way among the candidates; more than any where none has a position.
double shortest_way(std::vector<Candidate> const& candidates) {
  double shortest = Metres::max + 1;
  for (Candidate const& candidate : candidates)
    if (candidate.travel) shortest = std::min(shortest, candidate.travel->distance.value);
  return shortest;
}

} // namespace

std::vector<Recommendation> recommend(domain::State const& state, Service const& service,
                                      Request const& request, Positions const& positions, Instant now) {
  std::vector<Candidate> candidates;
  for (auto const& [id, held] : state.teams)
    if (is_free(held.entity) && domain::lists(service.teams, id))
      candidates.push_back(candidate_for(state, service, request, held.entity, positions, now));
  std::sort(candidates.begin(), candidates.end(),
            [](Candidate const& left, Candidate const& right) { return rank(left) < rank(right); });
  double const shortest = shortest_way(candidates);
  std::vector<Recommendation> recommendations;
  for (Candidate const& candidate : candidates) {
    bool const is_nearest = candidate.travel && candidate.travel->distance.value <= shortest;
    recommendations.push_back(recommendation_of(candidate, is_nearest, now));
  }
  return recommendations;
}

} // namespace vigie::dispatch
