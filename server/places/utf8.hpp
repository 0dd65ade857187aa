#pragma once

#include <optional>
#include <string_view>

namespace vigie::places {

/// Takes the first character (code point) off a text that is not empty; nothing, and one byte taken off, when
/// it does not begin with valid UTF-8.
std::optional<char32_t> take_character(std::string_view& text);

/// Whether the whole text is valid UTF-8.
bool is_utf8(std::string_view text);

} // namespace vigie::places
