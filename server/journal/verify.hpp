#pragma once

#include "protocol/scalars.hpp"
#include "redis/client.hpp"

namespace vigie::journal {

/// What a walk over a whole journal found.
struct Verdict {
  protocol::Version commits{};   ///< good ones, from the first on
  protocol::Version first_bad{}; ///< the first version at fault; 0 where there is none
  std::string problem;           ///< in a sentence; empty where there is none
  std::string last_hash;         ///< of the last good commit: written down, it proves the history up to there
  std::string snapshot_problem;  ///< in a sentence; empty where the stored snapshot says what its commits do

  /// Of the commits.
  bool whole() const { return problem.empty(); }
};

/// Walks a service's whole journal and looks for the first commit that was changed, is missing or stands in
/// another's place, at its end too. Folds it, and compares the stored snapshot with the state at its commit;
/// none that another version of the program wrote. Does not stop others from writing meanwhile. The error
/// says why the journal cannot be read.
asio::awaitable<Result<Verdict, redis::Failed>> verify(std::shared_ptr<redis::Client> client,
                                                       protocol::ServiceId service);

} // namespace vigie::journal
