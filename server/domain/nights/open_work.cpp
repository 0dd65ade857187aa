#include "domain/nights/open_work.hpp"

#include "domain/finding.hpp"

#include <algorithm>

namespace vigie::domain {

bool has_open_work(State const& state) {
  bool const calls = std::any_of(state.calls.begin(), state.calls.end(),
                                 [](auto const& item) { return !is_over(item.second.entity); });
  bool const requests = std::any_of(state.requests.begin(), state.requests.end(), [](auto const& item) {
    return item.second.entity.status != protocol::RequestStatus::closed;
  });
  return calls || requests;
}

} // namespace vigie::domain
