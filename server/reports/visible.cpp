#include "reports/visible.hpp"

#include <array>
#include <cstdio>

namespace vigie::reports {
namespace {

constexpr std::size_t length_of(unsigned char lead) {
  return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

char32_t code_point(std::string_view character) {
  auto const lead = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return lead;
  char32_t point = lead & (0x7Fu >> character.size());
  for (unsigned char const byte : character.substr(1)) point = point << 6 | (byte & 0x3Fu);
  return point;
}

bool acts(char32_t point) {
  bool const control = point < 0x20 || (point >= 0x7F && point < 0xA0);
  bool const separates_or_turns =
      (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  return control || separates_or_turns;
}

std::string escaped(char32_t point) {
  std::array<char, 12> text{};
  std::snprintf(text.data(), text.size(), "\\u%04x", static_cast<unsigned>(point));
  return text.data();
}

} // namespace

std::string visible(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    auto const character = text.substr(0, length_of(static_cast<unsigned char>(text.front())));
    auto const point = code_point(character);
    shown += acts(point) ? escaped(point) : std::string(character);
    text.remove_prefix(character.size());
  }
  return shown;
}

} // namespace vigie::reports
