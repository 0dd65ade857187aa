#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Times as the configuration writes them.
namespace vigie::runtime {

/// `250 ms`, `30 s`, `5 min`, `12 h` or `60 days`; nothing when it is not written so.
std::optional<std::chrono::milliseconds> time_written(std::string_view text);

/// The shortest whole writing: 90000 ms as `90 s`, 120000 ms as `2 min`.
std::string written_time(std::chrono::milliseconds time);

} // namespace vigie::runtime
