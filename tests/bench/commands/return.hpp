#pragma once

#include "bench/commands/crowd.hpp"

namespace vigie::bench::commands {

/// Brings a crowd, cuts it all at once, and prints how long it takes until everybody is back: current, or
/// only through the handshake. One line of JSON.
void tell_return(Party const& party, bool to_be_current, std::string const& pids);

} // namespace vigie::bench::commands
