#include "redis/hiredis_reply.hpp"

#include <hiredis/hiredis.h>

namespace vigie::redis {
namespace {

Reply::Array to_array(redisReply const& reply) {
  Reply::Array elements;
  elements.reserve(reply.elements);
  for (std::size_t i = 0; i < reply.elements; ++i) elements.push_back(to_reply(*reply.element[i]));
  return elements;
}

} // namespace

Reply to_reply(redisReply const& reply) {
  switch (reply.type) {
  case REDIS_REPLY_INTEGER: return {std::int64_t{reply.integer}};
  case REDIS_REPLY_ARRAY: return {to_array(reply)};
  case REDIS_REPLY_ERROR: return {Reply::Error{std::string(reply.str, reply.len)}};
  case REDIS_REPLY_STRING:
  case REDIS_REPLY_STATUS: return {std::string(reply.str, reply.len)};
  default: return {};
  }
}

} // namespace vigie::redis
