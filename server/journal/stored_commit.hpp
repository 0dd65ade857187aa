#pragma once

#include "redis/reply.hpp"

/// Inner part of the room: a stream entry as Redis answers it, nothing checked yet.
namespace vigie::journal {

struct StoredCommit {
  std::string id; ///< `7-0`
  std::string commit;
  std::string hash;
};

/// Reads the answer to XRANGE. An entry of another shape comes without commit and hash; none where the answer
/// is no list of entries.
std::optional<std::vector<StoredCommit>> stored_commits(redis::Reply const& entries);

} // namespace vigie::journal
