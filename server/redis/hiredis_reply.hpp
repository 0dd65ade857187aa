#pragma once

#include "redis/reply.hpp"

struct redisReply;

/// Inner part of the room.
namespace vigie::redis {

/// A copy of hiredis' reply as a value of ours.
Reply to_reply(redisReply const& reply);

} // namespace vigie::redis
