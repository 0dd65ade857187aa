#pragma once

#include <filesystem>

namespace vigie::runtime {

/// The longest path of a unix socket, in bytes: one less than Linux takes, since hiredis 0.14 does not end
/// one of 107 bytes.
inline constexpr std::size_t longest_socket_path = 106;

/// Whether a Redis answers PING on this unix socket, and has read its data. Blocks for a second at the most.
bool redis_answers(std::filesystem::path const& socket);

} // namespace vigie::runtime
