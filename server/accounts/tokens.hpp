#pragma once

#include <string>
#include <string_view>

/// Secrets made by chance, and what is stored of them.
namespace vigie::accounts {

/// 32 random bytes in 64 hexadecimal digits.
std::string new_token();

/// What is stored in place of a token: its BLAKE2b-256 in hexadecimal digits. A stolen store opens no door.
std::string digest_of(std::string_view token);

/// A password that can be read out and typed: four syllable groups, some 52 bits of chance.
std::string new_readable_password();

} // namespace vigie::accounts
