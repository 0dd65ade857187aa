#pragma once

#include "protocol/scalars.hpp"
#include "redis/reply.hpp"

/// Inner part of the room: where a stream ends.
namespace vigie::journal {

struct StreamEnd {
  protocol::Version last{};      ///< the last entry; 0 where there is none
  std::string hash;              ///< its hash
  protocol::Version ever_last{}; ///< the last number ever given: larger where entries were taken away

  bool cut() const { return ever_last != last; }
};

/// Reads the answer to XINFO STREAM; a stream that does not exist has no entries. None where the answer is
/// neither.
std::optional<StreamEnd> stream_end(redis::Reply const& info);

} // namespace vigie::journal
