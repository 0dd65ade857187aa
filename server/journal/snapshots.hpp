#pragma once

#include "journal/keys.hpp"
#include "protocol/journal.hpp"
#include "redis/client.hpp"

/// Inner part of the room: the stored snapshot, which spares a start the long replay. It is only ever a
/// shortcut: whatever is odd about it, the journal is replayed from its beginning instead.
namespace vigie::journal {

/// A snapshot with the hash of its last commit.
struct SealedSnapshot {
  protocol::Snapshot snapshot;
  std::string hash;
};

/// A snapshot as it lies in Redis, nothing checked yet.
struct StoredSnapshot {
  protocol::Version version{};
  std::string hash;
  std::string state; ///< encoded
};

class Snapshots {
 public:
  Snapshots(std::shared_ptr<redis::Client> client, Keys const& keys);

  /// The stored snapshot if this program understands it and it is true to the journal, else an empty one.
  asio::awaitable<Result<SealedSnapshot, redis::Failed>> load();

  /// What is stored, if a program that folds as this one does wrote it.
  asio::awaitable<Result<std::optional<StoredSnapshot>, redis::Failed>> stored();

  /// Stores it unless a newer one is stored.
  asio::awaitable<Result<void, redis::Failed>> save(SealedSnapshot sealed);

 private:
  asio::awaitable<Result<bool, redis::Failed>> is_true(protocol::Version version, std::string hash);

  std::shared_ptr<redis::Client> client_;
  std::string key_;
  std::string journal_key_;
};

} // namespace vigie::journal
