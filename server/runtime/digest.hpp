#pragma once

#include <string>
#include <string_view>

namespace vigie::runtime {

/// BLAKE2b of these bytes: 32 bytes. With a key of 16 to 64 bytes only its holder can compute it.
std::string digest(std::string_view bytes, std::string_view key = {});

/// Bytes as lower-case hexadecimal.
std::string hex(std::string_view bytes);

} // namespace vigie::runtime
