#pragma once

#include "protocol/result.hpp"
#include "redis/failed.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// Inner part of the room: how a cluster divides its keys.
namespace vigie::redis {

/// A part of all keys, 0 to 16383, that lies on one node of a cluster as a whole.
using Slot = std::uint16_t;
inline constexpr std::size_t slot_count = 16384;

/// The slot of a key: CRC16 (XMODEM) of what stands between the first `{` and the next `}`, or of the whole
/// key where nothing does. Source: Redis cluster specification, "Key distribution model" and appendix A.
Slot slot_of_key(std::string_view key);

/// The first key that a command names; none for one that any node can carry out, such as PUBLISH.
std::optional<std::string_view> key_of(Command const& command);

/// The one slot of commands that go together; none where they name no key. The error says that they name
/// several: no node could carry them out.
Result<std::optional<Slot>, Failed> slot_of(std::span<Command const> commands);

} // namespace vigie::redis
