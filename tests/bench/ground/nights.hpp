#pragma once

#include "bench/ground/scribe.hpp"

namespace vigie::bench::ground {

/// A night that is under way now: opened, every team of the service on duty, and the first `busy` teams on
/// their way to requests `r-1`, `r-2` …
asio::awaitable<void> write_tonight(Scribe& scribe, std::size_t busy);

/// So many whole nights, the last of them yesterday's, each with 30 calls, requests and assignments: about
/// 300 commits. Particulars only in the last 60.
asio::awaitable<void> write_nights(Scribe& scribe, std::size_t nights);

} // namespace vigie::bench::ground
