#pragma once

#include <string>
#include <string_view>

/// Inner part of the room: BLAKE2b, in hexadecimal digits.
namespace vigie::journal {

/// BLAKE2b-256, 64 digits.
std::string hash(std::string_view bytes);

/// The hash that chains a commit to the one before.
std::string chained(std::string_view hash_before, std::string_view commit);

/// Keyed BLAKE2b-128, 32 digits. The key has 32 bytes.
std::string keyed_hash(std::string_view key, std::string_view bytes);

inline constexpr std::size_t key_size = 32;

} // namespace vigie::journal
