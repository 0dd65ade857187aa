#pragma once

#include "accounts/account.hpp"
#include "protocol/result.hpp"
#include "redis/client.hpp"

#include <set>

namespace vigie::accounts {

/// An account with what only this room may see.
struct Stored {
  Account account;
  std::string password;   ///< its hash
  std::string generation; ///< counts up when all its sessions are revoked
};

/// A session as Redis holds it.
struct StoredSession {
  protocol::AccountId account;
  std::string generation; ///< the account's, when it signed in
  protocol::Instant opened_at;
};

/// Accounts, sessions and keys in Redis. Each answer is none (or Trouble::unavailable) where Redis cannot be
/// reached.
class Store {
 public:
  template <class T> using Found = Result<std::optional<T>, Trouble>;
  using Done = Result<void, Trouble>;

  explicit Store(redis::Client& redis);

  asio::awaitable<Done> add(Account account, std::string password_hash);
  asio::awaitable<Found<Stored>> account(protocol::AccountId name);
  asio::awaitable<Result<std::vector<protocol::AccountId>, Trouble>> names();
  /// Replaces the password and revokes all sessions of the account.
  asio::awaitable<Done> set_password(protocol::AccountId name, std::string password_hash);
  /// Trouble::unknown where there is none.
  asio::awaitable<Done> remove(protocol::AccountId name);
  /// Makes every session of the account invalid.
  asio::awaitable<Done> revoke_all(protocol::AccountId name);

  /// Keeps a session for so long.
  asio::awaitable<Done> put_session(std::string digest, StoredSession session, protocol::Duration kept);
  asio::awaitable<Found<StoredSession>> session(std::string digest);
  /// Keeps a session that is still there for so long from now.
  asio::awaitable<Done> keep_session(std::string digest, protocol::Duration kept);
  asio::awaitable<Done> drop_session(std::string digest);

  asio::awaitable<Done> put_key(std::string digest, ApiKey key);
  asio::awaitable<Found<ApiKey>> key(std::string digest);
  /// The digests of the keys there are; in a cluster, those of keys made before they were listed may be
  /// missing.
  asio::awaitable<Result<std::set<std::string>, Trouble>> key_digests();
  /// Trouble::unknown where there is none.
  asio::awaitable<Done> remove_key(std::string digest);

 private:
  asio::awaitable<Done> done(redis::Command command);
  asio::awaitable<Result<std::vector<std::string>, Trouble>> texts(redis::Command command);
  /// Deletes what lies under the key and takes it off the set; Trouble::unknown where it was not there.
  asio::awaitable<Done> forget(std::string key, std::string set, std::string member);
  asio::awaitable<Done> change(redis::Script script, protocol::AccountId name,
                               std::vector<std::string> arguments);

  redis::Client& redis_;
  redis::Script add_;
  redis::Script set_password_;
  redis::Script revoke_all_;
};

} // namespace vigie::accounts
