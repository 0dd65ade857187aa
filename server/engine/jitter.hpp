#pragma once

#include <chrono>

namespace vigie::engine {

/// A pause of chance length, 1 ms up to `longest`, so that processes that lost the journal together do not
/// return together.
std::chrono::milliseconds jittered(std::chrono::milliseconds longest);

} // namespace vigie::engine
