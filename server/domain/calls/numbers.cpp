#include "domain/decide.hpp"

#include <algorithm>

namespace vigie::domain {

namespace {

/// Numbers in E.164 have no more digits than this.
constexpr std::size_t most_digits = 15;
/// A number with fewer digits is a short one, dialled without prefix: an extension, or 17.
constexpr std::size_t national_digits = 6;
/// At this length, a number that starts with the country's own digits has them as its prefix.
constexpr std::size_t international_digits = 11;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

std::string without(std::string text, std::string_view letters) {
  std::erase_if(text, [&](char letter) { return letters.find(letter) != std::string_view::npos; });
  return text;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.size() <= most_digits && std::all_of(text.begin(), text.end(), is_digit);
}

/// `+33 (0)6 12` is written by people who mean both ways to dial it.
std::string without_trunk_in_brackets(std::string number) {
  auto const trunk = number.find("(0)");
  if (trunk != std::string::npos && number.starts_with('+')) number.erase(trunk, 3);
  return number;
}

/// A dialled number with its country's prefix; unchanged where it has one, or is a short number.
std::string with_country(std::string const& number, std::string const& country_code) {
  if (number.starts_with('+')) return number;
  if (number.starts_with("00")) return "+" + number.substr(2);
  if (country_code.empty() || number.size() < national_digits) return number;
  if (number.starts_with('0')) return country_code + number.substr(1);
  bool const has_prefix = number.size() >= international_digits && number.starts_with(country_code.substr(1));
  return has_prefix ? "+" + number : number;
}

} // namespace

std::string normalised_number(std::string const& dialled, std::string const& country_code) {
  std::string const plain = without(dialled, " \t\r\n");
  std::string const compact = without(without_trunk_in_brackets(plain), ".-()/");
  bool const is_number = all_digits(compact.starts_with('+') ? compact.substr(1) : compact);
  return is_number ? with_country(compact, country_code) : plain;
}

namespace {

/// What is no number, such as `anonymous`, stands for many callers, and must not make them one.
std::optional<std::string> number_of(std::optional<protocol::Text<32>> const& text,
                                     protocol::Service const& service) {
  if (!text) return std::nullopt;
  std::string number = normalised_number(text->value, service.country_code.value);
  bool const is_number = all_digits(number.starts_with('+') ? number.substr(1) : number);
  return is_number ? std::optional(std::move(number)) : std::nullopt;
}

} // namespace

std::optional<std::string> number_in(protocol::Command const& command, protocol::Service const& service) {
  if (auto const* report = std::get_if<protocol::ReportCall>(&command))
    return number_of(report->from, service);
  if (auto const* record = std::get_if<protocol::RecordCall>(&command))
    return number_of(record->particulars.number, service);
  return std::nullopt;
}

} // namespace vigie::domain
