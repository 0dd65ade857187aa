#pragma once

#include <string>

/// What the machine itself takes for the parts of a command's way, without any server of ours.
namespace vigie::bench::commands {

/// Appends to a stream on a Redis, one entry after the other, and prints the times: one line of JSON.
/// `rested`: 2 ms between two, as at a low rate, when processes sleep; else at full speed.
void tell_append(std::string const& unix_socket, double seconds, bool rested);

/// Sends a command's bytes to another process over loopback and back, one after the other, and prints the
/// times: one line of JSON.
void tell_echo(double seconds, bool rested);

} // namespace vigie::bench::commands
