#include "redis/slot.hpp"

#include <algorithm>
#include <array>

namespace vigie::redis {
namespace {

/// For each leading byte, what dividing by x^16 + x^12 + x^5 + 1 leaves.
constexpr std::array<std::uint16_t, 256> remainders() {
  constexpr unsigned divisor = 0x1021;
  constexpr unsigned top_bit = 0x8000;
  std::array<std::uint16_t, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    unsigned rest = byte << 8;
    for (int bit = 0; bit < 8; ++bit) rest = (rest & top_bit) != 0 ? (rest << 1) ^ divisor : rest << 1;
    table[byte] = static_cast<std::uint16_t>(rest);
  }
  return table;
}

std::uint16_t crc16(std::string_view bytes) {
  static constexpr auto table = remainders();
  unsigned crc = 0;
  for (unsigned char const byte : bytes) crc = ((crc << 8) & 0xffff) ^ table[(crc >> 8) ^ byte];
  return static_cast<std::uint16_t>(crc);
}

std::string_view hashed_part(std::string_view key) {
  auto const open = key.find('{');
  if (open == key.npos) return key;
  auto const close = key.find('}', open + 1);
  if (close == key.npos || close == open + 1) return key;
  return key.substr(open + 1, close - open - 1);
}

constexpr std::array without_key{"PING", "PUBLISH", "WAIT", "SCRIPT", "ECHO",
                                 "KEYS", "ROLE",    "INFO", "CLUSTER"};

std::optional<std::string_view> argument(Command const& command, std::size_t place) {
  if (place >= command.size()) return std::nullopt;
  return command[place];
}

std::optional<std::string_view> key_of_script(Command const& command) {
  return argument(command, 2) == "0" ? std::nullopt : argument(command, 3);
}

std::optional<std::string_view> key_of_streams(Command const& command) {
  auto const word = std::ranges::find(command, "STREAMS");
  return argument(command, static_cast<std::size_t>(word - command.begin()) + 1);
}

} // namespace

Slot slot_of_key(std::string_view key) { return crc16(hashed_part(key)) % slot_count; }

std::optional<std::string_view> key_of(Command const& command) {
  if (command.empty()) return std::nullopt;
  auto const& verb = command.front();
  if (std::ranges::find(without_key, verb) != without_key.end()) return std::nullopt;
  if (verb == "EVAL" || verb == "EVALSHA") return key_of_script(command);
  if (verb == "XREAD") return key_of_streams(command);
  if (verb == "XINFO") return argument(command, 2);
  return argument(command, 1);
}

Result<std::optional<Slot>, Failed> slot_of(std::span<Command const> commands) {
  std::optional<Slot> common;
  for (auto const& command : commands) {
    auto const key = key_of(command);
    if (!key) continue;
    auto const slot = slot_of_key(*key);
    if (common.value_or(slot) != slot)
      return Failure<Failed>({Trouble::refused, "commands for several slots cannot go together"});
    common = slot;
  }
  return common;
}

} // namespace vigie::redis
