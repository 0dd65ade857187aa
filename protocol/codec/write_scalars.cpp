#include "protocol/codec/write_scalars.hpp"

namespace vigie::protocol {
namespace {

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20U || c == '"' || c == '\\'; }

void append_escaped(std::string& out, char c) {
  static constexpr char hex[] = "0123456789abcdef";
  switch (c) {
  case '"': out += "\\\""; return;
  case '\\': out += "\\\\"; return;
  case '\n': out += "\\n"; return;
  case '\r': out += "\\r"; return;
  case '\t': out += "\\t"; return;
  default: ((out += "\\u00") += hex[c >> 4]) += hex[c & 15];
  }
}

} // namespace

void append_number(std::string& out, double number) {
  char digits[32];
  double const unsigned_zero = number == 0 ? 0 : number;
  out.append(digits, std::to_chars(digits, digits + sizeof digits, unsigned_zero).ptr);
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out.append(text, copied, i - copied);
    append_escaped(out, text[i]);
    copied = i + 1;
  }
  out.append(text, copied);
  out += '"';
}

} // namespace vigie::protocol
