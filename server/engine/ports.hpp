#pragma once

#include "domain/decide.hpp"
#include "protocol/frames.hpp"

#include <asio/awaitable.hpp>

#include <functional>
#include <map>

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

/// Commands that were refused, and why.
using Refusals = std::map<protocol::CommandId, domain::Refusal>;

/// What was decided together, and holds together or not at all.
struct Decisions {
  protocol::Version after{};  ///< they were decided at this version
  std::vector<Entry> entries; ///< with the versions after it, without a gap
  Refusals refused;           ///< for good: a command refused once is not taken afterwards
};

/// What became of decisions.
struct Settled {
  Append outcome = Append::unavailable;
  /// Those that had been refused before, here or elsewhere, with the first answer: then nothing was taken.
  Refusals before;
};

/// Why a journal cannot be read on from where a process stands.
struct Breach {
  enum class Kind {
    unreachable, ///< it does not answer, or is damaged: nobody may build on it
    behind,      ///< it ends before, and is the same as far as it goes: its end was lost
    forked       ///< it went another way
  };
  Kind kind = Kind::unreachable;
  protocol::Version common{}; ///< the last commit that both are known to have
};

/// Commits, or why there are none to be had.
using Reading = Result<std::vector<protocol::Commit>, Breach>;

/// A service's ordered journal with its vault.
class Journal {
 public:
  virtual ~Journal() = default;

  /// Appends what was decided and keeps what was refused, if the last version is still the one before it and
  /// nobody refused these commands before; all or none. What the clock wants is not looked for among
  /// refusals: it wants it again by itself.
  virtual asio::awaitable<Settled> settle(Decisions decisions) = 0;
  /// Appends again what the journal lost: entries with versions N+1, N+2 …, if the last version is N; all or
  /// none.
  virtual asio::awaitable<Append> append(std::vector<Entry> entries) = 0;

  /// Whether an append could be taken: a journal that is full is read, and takes nothing. Nor does one on a
  /// Redis that took over, before those who hold what it may lack have had time to put it back.
  virtual asio::awaitable<bool> takes_commits() = 0;

  /// Commits after `version`, in order, at most `limit`.
  virtual asio::awaitable<Reading> read(protocol::Version version, std::size_t limit) = 0;

  /// The time where it is kept, by whose clock all processes of a service go; none where it cannot be told.
  virtual asio::awaitable<std::optional<protocol::Instant>> time() = 0;

  /// Waits until another process may have appended after `version`, or the journal may be lost or back, at
  /// most a few seconds.
  virtual asio::awaitable<void> wait(protocol::Version version) = 0;
  /// Lets a pending wait return early.
  virtual void interrupt() {}

  /// The latest commits that this process appended or read, from after `version` on without a gap, to be
  /// appended again where the journal lost them; nothing where the first of them is not held any more.
  virtual std::vector<protocol::Commit> held_after(protocol::Version version) const = 0;

  /// The stored snapshot, from which a process begins anew, with nothing held; a default one (version 0)
  /// where there is none or it cannot be used any more.
  virtual asio::awaitable<std::optional<protocol::Snapshot>> load_snapshot() = 0;
  /// Stores a snapshot unless a newer one is stored; tells whether the journal could be reached.
  virtual asio::awaitable<bool> save_snapshot(protocol::Snapshot snapshot) = 0;

  /// The particulars kept under these subjects; those erased are left out; none where the journal cannot be
  /// reached, or lacks a commit that is known here.
  virtual asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
  confidences(std::vector<protocol::SubjectId> subjects) = 0;

  /// The key that stands for a normalised number; empty before load_identity. Pure.
  virtual protocol::CallerKey caller_key(std::string const& number) const = 0;

  /// Fetches, or makes on first use, the caller hashing key and the name of this journal's line of history,
  /// which is another one whenever commits that were shown may be no more; none where the journal cannot be
  /// reached.
  virtual asio::awaitable<std::optional<protocol::Text<64>>> load_identity() = 0;
  /// Gives the line of history another name, since commits that were shown are no more, unless another
  /// process did so first; its name then, none where the journal cannot be reached.
  virtual asio::awaitable<std::optional<protocol::Text<64>>> rename_line() = 0;
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
