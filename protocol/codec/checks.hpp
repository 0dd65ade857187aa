#pragma once

#include "protocol/scalars.hpp"

#include <cstddef>
#include <string_view>

/// What the smallest words must hold, for everyone who takes them from outside.
namespace vigie::protocol {

/// The longest plain string, in bytes.
inline constexpr std::size_t max_string_bytes = 256 * 1024;
/// The end of the year 2199: no instant comes later.
inline constexpr Instant last_instant{std::chrono::sys_days{std::chrono::year{2200} / 1 / 1} -
                                      std::chrono::milliseconds{1}};
inline constexpr Duration longest_duration = std::chrono::hours{24 * 3653};

/// Whether a text may be an identifier: 1 to 64 characters of `a-z A-Z 0-9 . _ : -`.
bool is_identifier(std::string_view text);

/// How many characters (code points) valid UTF-8 holds.
std::size_t count_characters(std::string_view text);

/// Whether valid UTF-8 holds a control character other than a line break or a tab.
bool has_control_characters(std::string_view text);

} // namespace vigie::protocol
