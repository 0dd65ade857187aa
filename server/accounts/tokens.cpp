#include "accounts/tokens.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace vigie::accounts {
namespace {

using Bytes = std::array<unsigned char, 32>;

// libsodium must be told once before it may be used; it then costs nothing.
void need_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start: no source of chance");
}

std::string base64url(Bytes const& bytes) {
  constexpr auto variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_ENCODED_LEN(sizeof(Bytes), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.resize(text.find('\0'));
  return text;
}

char any_of(std::string_view letters) {
  return letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
}

} // namespace

std::string new_token() {
  need_sodium();
  Bytes bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return base64url(bytes);
}

std::string digest_of(std::string_view token) {
  need_sodium();
  Bytes bytes;
  crypto_generichash(bytes.data(), bytes.size(), reinterpret_cast<unsigned char const*>(token.data()),
                     token.size(), nullptr, 0);
  return base64url(bytes);
}

std::string new_readable_password() {
  need_sodium();
  // No letter that is mistaken for another, read aloud or on paper.
  constexpr std::string_view consonants = "bdfgjkmnprstvz";
  constexpr std::string_view vowels = "aeiou";
  std::string password;
  for (int group = 0; group < 4; ++group) {
    if (group > 0) password += '-';
    password += any_of(consonants);
    password += any_of(vowels);
    password += any_of(consonants);
    password += any_of("23456789");
  }
  return password;
}

} // namespace vigie::accounts
