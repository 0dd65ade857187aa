#include "domain/nights/evolve_nights.hpp"

#include "domain/finding.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

/// A call stays as long as a request that it belongs to is worked on.
bool belongs_to_open_request(State const& state, Call const& call) {
  return std::any_of(call.requests.begin(), call.requests.end(), [&](RequestId const& id) {
    auto const* request = find(state.requests, id);
    return request && request->status != RequestStatus::closed;
  });
}

bool is_history(State const& state, Call const& call, Instant before) {
  return is_over(call) && call.ended_at && *call.ended_at < before && !belongs_to_open_request(state, call);
}

bool is_history(State const&, Request const& request, Instant before) {
  return request.status == RequestStatus::closed && request.closed_at && *request.closed_at < before;
}

bool is_history(State const&, Assignment const& assignment, Instant before) {
  return !is_live(assignment) && assignment.ended_at && *assignment.ended_at < before;
}

template <class Id, class Entity> bool forget(State& state, Shelf<Id, Entity>& shelf, Instant before) {
  return std::erase_if(shelf, [&](auto const& item) {
           if (!is_history(state, item.second.entity, before)) return false;
           state.confidences.erase(SubjectId{item.first.value});
           return true;
         }) > 0;
}

/// Lets what ended before then leave the state; what is alive stays, however old.
void forget(State& state, Instant before, Version version) {
  bool const calls = forget(state, state.calls, before);
  bool const requests = forget(state, state.requests, before);
  bool const assignments = forget(state, state.assignments, before);
  if (calls || requests || assignments) state.forgotten = version;
  std::erase_if(state.taken, [&](auto const& item) { return item.second.at < before; });
}

/// The highest number of what is still worked on, so that no two of these have one number.
std::int32_t highest_open_number(State const& state) {
  std::int32_t highest = 0;
  for (auto const& [id, held] : state.requests)
    if (held.entity.status != RequestStatus::closed) highest = std::max(highest, held.entity.number);
  return highest;
}

} // namespace

// Numbers go on where the night of a date is opened again.
void fold(State& state, NightOpened const& event, Version version) {
  if (!state.night || state.night->entity.date != event.date)
    state.last_request_number = highest_open_number(state);
  state.night = Held<Night>{Night{.date = event.date,
                                  .opened_at = event.at,
                                  .closes_at = event.closes_at,
                                  .closed_at = std::nullopt,
                                  .exceptional = event.exceptional},
                            version};
  forget(state, event.forget_before, version);
}

void fold(State& state, NightClosed const& event, Version version) {
  if (!state.night) return;
  state.night->entity.closed_at = event.at;
  state.night->changed = version;
}

} // namespace vigie::domain
