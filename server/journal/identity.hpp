#pragma once

#include "journal/keys.hpp"
#include "redis/client.hpp"

/// Inner part of the room: what a journal is given once, at its birth.
namespace vigie::journal {

struct Identity {
  std::string caller_hashing_key; ///< 32 random bytes
  std::string line;               ///< names this line of history
};

/// Fetches the identity, or makes it on first use; of several processes that make one, the first wins.
asio::awaitable<Result<Identity, redis::Failed>> load_identity(std::shared_ptr<redis::Client> client,
                                                               Keys keys);

} // namespace vigie::journal
