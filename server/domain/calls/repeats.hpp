#pragma once

#include "domain/state.hpp"
#include "protocol/events.hpp"

/// Callers who ring again.
namespace vigie::domain {

/// The call as it stands once these events are folded; none where they do not make it.
std::optional<protocol::Call> call_after(State const& state, protocol::CallId const& id,
                                         std::vector<protocol::Event> const& events);

/// Settles as `rang_again` what this caller's later call makes needless to call back, so that the missed list
/// has one line a caller: earlier missed calls, once this call (after `events`) was answered or missed; and
/// this call itself, when it turns out missed although the caller got further later.
std::vector<protocol::Event> settle_repeats(State const& state, protocol::CallId const& id,
                                            std::vector<protocol::Event> const& events);

} // namespace vigie::domain
