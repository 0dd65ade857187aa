#include "protocol/codec/read_scalars.hpp"

#include "protocol/codec/checks.hpp"

#include <charconv>

namespace json = boost::json;

namespace vigie::protocol {
namespace {

template <class Number> std::string shown_number(Number number) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

template <class Number> Outcome out_of_range(Number min, Number max) {
  return refuse("must be between " + shown_number(min) + " and " + shown_number(max));
}

} // namespace

Outcome read_bool(json::value const& value, bool& out) {
  if (!value.is_bool()) return refuse("must be true or false");
  out = value.get_bool();
  return {};
}

Outcome read_integer(json::value const& value, std::int64_t min, std::int64_t max, std::int64_t& out) {
  if (value.is_uint64()) return out_of_range(min, max);
  if (!value.is_int64()) return refuse("must be an integer");
  out = value.get_int64();
  return out < min || out > max ? out_of_range(min, max) : Outcome{};
}

Outcome read_unsigned(json::value const& value, std::uint64_t max, std::uint64_t& out) {
  if (!value.is_int64() && !value.is_uint64()) return refuse("must be an integer");
  if (value.is_int64() && value.get_int64() < 0) return out_of_range(std::uint64_t{0}, max);
  out = value.is_int64() ? static_cast<std::uint64_t>(value.get_int64()) : value.get_uint64();
  return out > max ? out_of_range(std::uint64_t{0}, max) : Outcome{};
}

Outcome read_number(json::value const& value, double min, double max, double& out) {
  if (!value.is_number()) return refuse("must be a number");
  out = value.to_number<double>();
  return out >= min && out <= max ? Outcome{} : out_of_range(min, max);
}

Outcome read_string(json::value const& value, std::size_t max_bytes, std::string& out) {
  if (!value.is_string()) return refuse("must be a text");
  std::string_view const text = value.get_string();
  if (text.size() > max_bytes) return refuse("must have at most " + std::to_string(max_bytes) + " bytes");
  out = text;
  return {};
}

Outcome read_identifier(json::value const& value, std::string& out) {
  if (!value.is_string()) return refuse("must be a text");
  if (!is_identifier(value.get_string())) return refuse("must be 1 to 64 characters of a-z A-Z 0-9 . _ : -");
  out = std::string_view(value.get_string());
  return {};
}

Outcome read_text(json::value const& value, std::size_t max_characters, std::string& out) {
  if (!value.is_string()) return refuse("must be a text");
  std::string_view const text = value.get_string();
  if (count_characters(text) > max_characters)
    return refuse("must have at most " + std::to_string(max_characters) + " characters");
  if (has_control_characters(text)) return refuse("must not hold control characters");
  out = text;
  return {};
}

} // namespace vigie::protocol
