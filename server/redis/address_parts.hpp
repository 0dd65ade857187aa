#pragma once

#include "redis/address.hpp"

/// Inner part of the room: the pieces that every kind of Redis address is written with. Each answers a
/// sentence about what is wrong.
namespace vigie::redis {

/// Reads `[user]:password`, percent-encoded.
Result<void, std::string> read_sign_in(std::string_view text, Address& address);
/// Reads `host[:port]`, an IPv6 host in brackets.
Result<void, std::string> read_host(std::string_view text, Address& address);
/// Reads the number of a database.
Result<void, std::string> read_database(std::string_view text, Address& address);

/// Takes `[user]:password@` from the front of the text, where it is there, and notes it.
Result<void, std::string> take_sign_in(std::string_view& text, Address& address);

} // namespace vigie::redis
