#include "places/utf8.hpp"

namespace vigie::places {
namespace {

struct Lead {
  std::size_t length; ///< of the whole character in bytes; 0: no character begins so
  char32_t bits;
  char32_t smallest; ///< a character below it has a shorter writing
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xc0 && byte < 0xe0) return {2, byte & 0x1fu, 0x80};
  if (byte >= 0xe0 && byte < 0xf0) return {3, byte & 0x0fu, 0x800};
  if (byte >= 0xf0 && byte < 0xf8) return {4, byte & 0x07u, 0x10000};
  return {0, 0, 0};
}

bool is_character(char32_t value) { return value <= 0x10ffff && (value < 0xd800 || value > 0xdfff); }

std::optional<char32_t> first_character(std::string_view text, Lead lead) {
  if (lead.length == 0 || text.size() < lead.length) return std::nullopt;
  auto value = lead.bits;
  for (unsigned char const byte : text.substr(1, lead.length - 1)) {
    if ((byte & 0xc0) != 0x80) return std::nullopt;
    value = value << 6 | (byte & 0x3fu);
  }
  if (value < lead.smallest || !is_character(value)) return std::nullopt;
  return value;
}

} // namespace

std::optional<char32_t> take_character(std::string_view& text) {
  auto const lead = lead_of(static_cast<unsigned char>(text.front()));
  auto const character = first_character(text, lead);
  text.remove_prefix(character ? lead.length : 1);
  return character;
}

bool is_utf8(std::string_view text) {
  while (!text.empty())
    if (!take_character(text)) return false;
  return true;
}

} // namespace vigie::places
