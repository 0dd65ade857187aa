#pragma once

#include "journal/keys.hpp"
#include "redis/client.hpp"

/// Inner part of the room: what a journal is given once, at its birth.
namespace vigie::journal {

struct Identity {
  std::string caller_hashing_key; ///< 32 random bytes
  std::string line;               ///< names this line of history
  std::string origin;    ///< names the Redis process that holds it: another after a restart or failover
  bool took_over{};      ///< that process was a replica before
  std::string agreed_on; ///< the origin on which servers came together last; empty where they never had to
};

/// Fetches the identity, or makes it on first use; of several processes that make one, the first wins. One
/// that is known already is put back where Redis lost it.
asio::awaitable<Result<Identity, redis::Failed>> load_identity(std::shared_ptr<redis::Client> client,
                                                               Keys keys, std::optional<Identity> known = {});

/// Notes that servers have come together on this origin.
asio::awaitable<void> agree_on(std::shared_ptr<redis::Client> client, Keys keys, std::string origin);

/// Gives the line another name, unless it is no longer called as it was.
asio::awaitable<Result<void, redis::Failed>> rename_line(std::shared_ptr<redis::Client> client, Keys keys,
                                                         std::string before);

} // namespace vigie::journal
