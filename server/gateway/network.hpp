#pragma once

#include <string>

namespace vigie::gateway {

/// Whom limits count as one: an IPv4 address, also where it is written in IPv6; of an IPv6 address its /64,
/// since one line is given as many addresses as it likes there. What is no address stays as it is.
std::string network_of(std::string const& address);

} // namespace vigie::gateway
