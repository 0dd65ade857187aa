#pragma once

#include <filesystem>

namespace vigie::runtime {

/// The longest path of a unix socket, in bytes.
inline constexpr std::size_t longest_socket_path = 107;

/// Whether a Redis answers PING on this unix socket, and has read its data. Blocks for a second at the most.
bool redis_answers(std::filesystem::path const& socket);

} // namespace vigie::runtime
