#include "domain/views.hpp"

#include "domain/finding.hpp"
#include "domain/particulars.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

constexpr std::size_t visits_shown = 3;

template <class Id, class Entity> std::set<Id> changed_since(Shelf<Id, Entity> const& shelf, Version since) {
  std::set<Id> ids;
  for (auto const& [id, held] : shelf)
    if (held.changed > since) ids.insert(ids.end(), id);
  return ids;
}

template <class Id, class Entity> std::vector<Entity> entities_of(Shelf<Id, Entity> const& shelf) {
  std::vector<Entity> entities;
  entities.reserve(shelf.size());
  for (auto const& [id, held] : shelf) entities.push_back(held.entity);
  return entities;
}

/// Puts what is touched and there, and removes what is touched and gone.
template <class Id, class Entity>
void split(Shelf<Id, Entity> const& shelf, std::set<Id> const& touched, std::vector<Entity>& there,
           std::vector<Id>& gone) {
  for (auto const& id : touched) {
    if (auto const* entity = find(shelf, id))
      there.push_back(*entity);
    else
      gone.push_back(id);
  }
}

std::optional<Night> night_of(State const& state) {
  return state.night ? std::optional(state.night->entity) : std::nullopt;
}

/// What the vault holds of a subject, as it is shown.
std::optional<Particulars> told(Confidences const& confidences, SubjectId const& subject) {
  auto particulars = confidences(subject);
  if (!particulars) return std::nullopt;
  return without_empty(*std::move(particulars));
}

Confidence without_number(SubjectId const& subject, Particulars particulars) {
  particulars.number.reset();
  return {subject, std::move(particulars)};
}

void show_request(State const& state, RequestId const& id, Entities& shown) {
  auto const is_it = [&](Request const& other) { return other.id == id; };
  if (std::any_of(shown.requests.begin(), shown.requests.end(), is_it)) return;
  if (auto const* request = find(state.requests, id)) shown.requests.push_back(*request);
}

/// What was confided about the request a team is on; never the caller's number.
void show_particulars(State const& state, RequestId const& id, Confidences const& confidences,
                      Entities& shown) {
  SubjectId const subject{id.value};
  if (!state.confidences.contains(subject)) return;
  if (auto particulars = told(confidences, subject))
    shown.confidences.push_back(without_number(subject, std::move(*particulars)));
}

/// The latest closed requests at the same place, without what was said: what a pair should know on its way.
void show_earlier_visits(State const& state, RequestId const& id, Entities& shown) {
  auto const* request = find(state.requests, id);
  if (!request || !request->place) return;
  std::vector<Request const*> earlier;
  for (auto const& [other_id, held] : state.requests) {
    Request const& other = held.entity;
    bool const here = other.place && other.place->id == request->place->id;
    if (here && other.closed_at && other_id != id) earlier.push_back(&other);
  }
  auto const later = [](Request const* one, Request const* other) {
    return one->closed_at > other->closed_at;
  };
  std::sort(earlier.begin(), earlier.end(), later);
  if (earlier.size() > visits_shown) earlier.resize(visits_shown);
  for (auto const* visit : earlier) show_request(state, visit->id, shown);
}

bool is_of_the_night(State const& state, Assignment const& assignment) {
  return state.night && assignment.offered_at >= state.night->entity.opened_at;
}

using Places = std::optional<std::set<PlaceId>>;

/// The places of these requests; none where one of them may have been at any: reopened, it may have moved.
Places places_of(State const& state, std::set<RequestId> const& ids) {
  std::set<PlaceId> places;
  for (auto const& id : ids) {
    auto const* request = find(state.requests, id);
    if (!request) continue;
    if (request->reopened > 0) return std::nullopt;
    if (request->place) places.insert(request->place->id);
  }
  return places;
}

/// Whether the handset on this assignment shows some of what was touched; `places` are those of the requests
/// touched, which may be earlier visits.
bool shows_some_of(State const& state, Assignment const& assignment, Touched const& touched,
                   Places const& places) {
  if (!is_live(assignment))
    return is_of_the_night(state, assignment) && touched.requests.contains(assignment.request);
  if (touched.requests.contains(assignment.request)) return true;
  if (touched.confidences.contains(SubjectId{assignment.request.value})) return true;
  auto const* request = find(state.requests, assignment.request);
  return request && request->place && (!places || places->contains(request->place->id));
}

} // namespace

Touched touched_since(State const& state, Version since) {
  return {.night = state.night && state.night->changed > since,
          .calls = changed_since(state.calls, since),
          .requests = changed_since(state.requests, since),
          .teams = changed_since(state.teams, since),
          .assignments = changed_since(state.assignments, since),
          .confidences =
              [&] {
                std::set<SubjectId> subjects;
                for (auto const& [subject, changed] : state.confidences)
                  if (changed > since) subjects.insert(subject);
                return subjects;
              }(),
          .forgot = state.forgotten > since};
}

Whole desk_whole(State const& state, Confidences const& confidences) {
  Whole whole{state.version, {}};
  whole.entities.night = night_of(state);
  whole.entities.calls = entities_of(state.calls);
  whole.entities.requests = entities_of(state.requests);
  whole.entities.teams = entities_of(state.teams);
  whole.entities.assignments = entities_of(state.assignments);
  for (auto const& [subject, changed] : state.confidences)
    if (auto particulars = told(confidences, subject))
      whole.entities.confidences.push_back({subject, std::move(*particulars)});
  return whole;
}

Change desk_change(State const& state, Touched const& touched, Confidences const& confidences) {
  Change change{state.version, {}, {}};
  if (touched.night) change.put.night = night_of(state);
  split(state.calls, touched.calls, change.put.calls, change.remove.calls);
  split(state.requests, touched.requests, change.put.requests, change.remove.requests);
  split(state.assignments, touched.assignments, change.put.assignments, change.remove.assignments);
  for (auto const& id : touched.teams)
    if (auto const* team = find(state.teams, id)) change.put.teams.push_back(*team);
  for (auto const& subject : touched.confidences) {
    if (auto particulars = told(confidences, subject))
      change.put.confidences.push_back({subject, std::move(*particulars)});
    else
      change.remove.confidences.push_back(subject);
  }
  return change;
}

Whole team_whole(State const& state, TeamId const& id, Confidences const& confidences) {
  Whole whole{state.version, {}};
  whole.entities.night = night_of(state);
  if (auto const* team = find(state.teams, id)) whole.entities.teams.push_back(*team);
  for (auto const& [assignment_id, held] : state.assignments) {
    Assignment const& assignment = held.entity;
    if (assignment.team != id) continue;
    if (!is_live(assignment) && !is_of_the_night(state, assignment)) continue;
    whole.entities.assignments.push_back(assignment);
    show_request(state, assignment.request, whole.entities);
    if (!is_live(assignment)) continue;
    show_particulars(state, assignment.request, confidences, whole.entities);
    show_earlier_visits(state, assignment.request, whole.entities);
  }
  return whole;
}

Concerned concerned(State const& state, Touched const& touched) {
  Concerned found{touched.night || touched.forgot, touched.teams};
  for (auto const& id : touched.assignments)
    if (auto const* assignment = find(state.assignments, id)) found.teams.insert(assignment->team);
  if (touched.requests.empty() && touched.confidences.empty()) return found;
  auto const places = places_of(state, touched.requests);
  for (auto const& [id, held] : state.assignments)
    if (shows_some_of(state, held.entity, touched, places)) found.teams.insert(held.entity.team);
  return found;
}

} // namespace vigie::domain
