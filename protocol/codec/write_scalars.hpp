#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::protocol {

/// Appends an integer.
template <std::integral Number> void append_number(std::string& out, Number number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

/// Appends the shortest decimal that reads back as the same number; minus zero as `0`.
void append_number(std::string& out, double number);

/// Appends a string in quotes, with what JSON wants escaped.
void append_string(std::string& out, std::string_view text);

} // namespace vigie::protocol
