#pragma once

#include "protocol/entities.hpp"
#include "redis/failed.hpp"
#include "redis/reply.hpp"

/// Inner part of the room: a position as the fields of a Redis hash.
namespace vigie::presence {

/// `HSET key …` with every field; one that the fix does not have is written empty.
redis::Command command_to_store(std::string key, protocol::Position const& position);

/// Reads the answer to HGETALL; none where the fix has expired or cannot be read.
std::optional<protocol::Position> position_in(protocol::TeamId const& team, redis::Reply const& fields);

/// A number as text that reads back as the same number.
std::string exact(double number);

} // namespace vigie::presence
