#include "protocol/codec/problems.hpp"

namespace vigie::protocol {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

DecodeError below(std::string step, DecodeError error) {
  if (!error.path.empty() && error.path.front() != '[') step += '.';
  error.path.insert(0, step);
  return error;
}

} // namespace

Outcome refuse(std::string problem) { return Failure(DecodeError{"", std::move(problem)}); }

DecodeError within_field(std::string_view name, DecodeError error) {
  return below(std::string(name), std::move(error));
}

DecodeError within_item(std::size_t index, DecodeError error) {
  std::string step = "[";
  (step += std::to_string(index)) += ']';
  return below(std::move(step), std::move(error));
}

std::string shown(std::string_view key) {
  if (key.size() <= 64) return std::string(key);
  std::size_t end = 64;
  while (end > 0 && is_continuation(key[end])) --end;
  return std::string(key.substr(0, end)) + "…";
}

std::string one_of(std::vector<std::string_view> const& names) {
  std::string sentence = "must be one of ";
  for (std::string_view const name : names) (sentence += name) += ", ";
  sentence.resize(sentence.size() - 2);
  return sentence;
}

} // namespace vigie::protocol
