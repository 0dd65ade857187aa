#include "protocol/codec/checks.hpp"

#include <algorithm>

namespace vigie::protocol {
namespace {

bool fits_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == ':' || c == '-';
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool is_ascii_control(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return (byte < 0x20U && c != '\n' && c != '\t') || byte == 0x7FU;
}

} // namespace

bool is_identifier(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, fits_identifier);
}

std::size_t count_characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, is_continuation));
}

bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_ascii_control(text[i])) return true;
    // U+0080 to U+009F are C2 80 to C2 9F in UTF-8.
    bool const second_set = text[i] == '\xC2' && i + 1 < text.size() && text[i + 1] <= '\x9F';
    if (second_set) return true;
  }
  return false;
}

} // namespace vigie::protocol
