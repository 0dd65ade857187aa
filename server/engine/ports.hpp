#pragma once

#include "domain/decide.hpp"
#include "protocol/frames.hpp"

#include <asio/awaitable.hpp>

#include <functional>

/// What an engine needs from the outside. journal and presence implement these; tests do with memory.
namespace vigie::engine {

/// The time. Tests own theirs.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual protocol::Instant now() const = 0;
};

/// A commit with the particulars that go into the vault in the same step.
struct Entry {
  protocol::Commit commit;
  std::vector<protocol::Confidence> confidences;
};

enum class Append {
  taken,      ///< durably in the journal
  conflict,   ///< the journal is not where the writer thought: read, fold, decide again
  unavailable ///< the journal cannot be reached; whether it took the entries is unknown
};

/// A service's ordered journal with its vault.
class Journal {
 public:
  virtual ~Journal() = default;

  /// Appends entries with versions N+1, N+2 …, if the last version is N; all or none.
  virtual asio::awaitable<Append> append(std::vector<Entry> entries) = 0;

  /// Commits after `version`, in order, at most `limit`; none where the journal cannot be reached.
  virtual asio::awaitable<std::optional<std::vector<protocol::Commit>>> read(protocol::Version version,
                                                                             std::size_t limit) = 0;

  /// Waits until there are commits after `version` (returns them) or a few seconds have passed (empty); none
  /// where the journal cannot be reached.
  virtual asio::awaitable<std::optional<std::vector<protocol::Commit>>> wait(protocol::Version version) = 0;
  /// Lets a pending wait return early.
  virtual void interrupt() {}

  /// The stored snapshot; a default one (version 0) where there is none or it cannot be used any more.
  virtual asio::awaitable<std::optional<protocol::Snapshot>> load_snapshot() = 0;
  /// Stores a snapshot unless a newer one is stored; tells whether the journal could be reached.
  virtual asio::awaitable<bool> save_snapshot(protocol::Snapshot snapshot) = 0;

  /// The particulars kept under these subjects; those erased are left out; none where unreachable.
  virtual asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
  confidences(std::vector<protocol::SubjectId> subjects) = 0;

  /// The key that stands for a normalised number; empty before load_identity. Pure.
  virtual protocol::CallerKey caller_key(std::string const& number) const = 0;

  /// Fetches, or makes on first use, the caller hashing key and the name of this journal's line of history;
  /// none where the journal cannot be reached.
  virtual asio::awaitable<std::optional<protocol::Text<64>>> load_identity() = 0;
};

/// Live positions, shared by every process of a service.
class PositionStore {
 public:
  virtual ~PositionStore() = default;

  /// Keeps the latest fix of each team (they expire) and tells the other processes; forgets those gone.
  virtual asio::awaitable<bool> share(protocol::Picture picture) = 0;
  /// All that is kept now; none where it cannot be reached.
  virtual asio::awaitable<std::optional<std::vector<protocol::Position>>> all() = 0;
  /// Called with what other processes share; not with one's own.
  virtual void on_shared(std::function<void(protocol::Picture)> handler) = 0;
};

} // namespace vigie::engine
