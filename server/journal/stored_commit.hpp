#pragma once

#include "redis/reply.hpp"

/// Inner part of the room: a stream entry as Redis answers it, nothing checked yet.
namespace vigie::journal {

struct StoredCommit {
  std::string id; ///< `7-0`
  std::string commit;
  std::string hash;
};

/// Reads the answer to XRANGE, and the entries in the one to XREAD. An entry of another shape comes without
/// commit and hash; none where the answer is no list of entries.
std::optional<std::vector<StoredCommit>> stored_commits(redis::Reply const& entries);

/// The entries of the only stream in an answer to XREAD; null when it has none.
redis::Reply const* entries_of_only_stream(redis::Reply const& answer);

} // namespace vigie::journal
