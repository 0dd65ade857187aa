#include "accounts/tokens.hpp"

#include "runtime/digest.hpp"

namespace vigie::accounts {
namespace {

char any_of(std::string_view letters) { return letters[runtime::random_below(letters.size())]; }

} // namespace

std::string new_token() { return runtime::hex(runtime::random_bytes(32)); }

std::string digest_of(std::string_view token) { return runtime::digest(token); }

std::string new_readable_password() {
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
