#include "domain/requests/evolve_requests.hpp"

#include "domain/folding.hpp"

namespace vigie::domain {

using namespace protocol;

void fold(State& state, RequestOpened const& event, Version version) {
  Request request;
  request.id = event.request;
  request.number = event.number;
  request.night = event.night;
  request.status = RequestStatus::waiting;
  request.source = event.source;
  request.category = event.category;
  request.priority = event.priority;
  request.quarter = event.quarter;
  request.place = event.place;
  request.dangers = event.dangers;
  request.opened_by = event.by;
  request.opened_at = event.at;
  request.waiting_since = event.at;
  put(state.requests, std::move(request), version);
  state.last_request_number = event.number;
}

void fold(State& state, RequestAmended const& event, Version version) {
  change(state.requests, event.request, version, [&](Request& request) {
    request.category = event.category;
    request.priority = event.priority;
    request.quarter = event.quarter;
    request.place = event.place;
    request.dangers = event.dangers;
  });
}

void fold(State& state, RequestClosed const& event, Version version) {
  change(state.requests, event.request, version, [&](Request& request) {
    request.status = RequestStatus::closed;
    request.closed_at = event.at;
    request.disposition = event.disposition;
  });
}

void fold(State& state, RequestReopened const& event, Version version) {
  change(state.requests, event.request, version, [&](Request& request) {
    request.status = RequestStatus::waiting;
    request.night = event.night;
    request.number = event.number.value_or(request.number);
    request.waiting_since = event.at;
    request.closed_at.reset();
    request.disposition.reset();
    ++request.reopened;
  });
  state.last_request_number = event.number.value_or(state.last_request_number);
}

} // namespace vigie::domain
