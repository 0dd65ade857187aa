#pragma once

#include <string>

/// What the machine itself takes for the parts of a command's way, without any server of ours.
namespace vigie::bench::commands {

/// Appends to a stream on a Redis, one entry after the other, and prints the times: one line of JSON.
/// So many a second, as processes that slept answer later than those that work; 0: at full speed.
void tell_append(std::string const& unix_socket, double seconds, double a_second);

/// Sends a command's bytes to another process over loopback and back, one after the other, and prints the
/// times: one line of JSON. The other process runs on that core, as a server does.
void tell_echo(double seconds, double a_second, std::size_t core);

} // namespace vigie::bench::commands
