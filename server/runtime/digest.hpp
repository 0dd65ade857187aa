#pragma once

#include <string>
#include <string_view>

/// Hashes and chance, from libsodium. Every function throws std::runtime_error where the system has no source
/// of random numbers.
namespace vigie::runtime {

/// BLAKE2b of these bytes in hexadecimal digits, two for each of `size` bytes (16 to 64). With a key of 16 to
/// 64 bytes only its holder can compute it.
std::string digest(std::string_view bytes, std::string_view key = {}, std::size_t size = 32);

/// Bytes as lower-case hexadecimal digits.
std::string hex(std::string_view bytes);

/// Bytes that nobody can guess.
std::string random_bytes(std::size_t count);

/// A number from 0 to below `end`, each as likely.
std::size_t random_below(std::size_t end);

} // namespace vigie::runtime
