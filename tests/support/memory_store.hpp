#pragma once

#include "engine/ports.hpp"
#include "engine/signal.hpp"

#include <map>
#include <memory>

namespace vigie::testing {

/// What a store is looked through for before something is appended.
enum class Looking { for_the_end_alone, for_refusals };

/// What several MemoryJournals share, as several processes share one Redis. All on one thread.
class MemoryStore {
 public:
  /// How long particulars are kept, by the clock given; without one they stay.
  explicit MemoryStore(std::string line = "line-1", protocol::Duration confidences_kept_for = {},
                       std::shared_ptr<engine::Clock> clock = {});

  /// Takes the entries if they come next; all or none.
  engine::Append append(std::vector<engine::Entry> entries);
  /// Takes the entries and keeps the refusals, if nothing came since, after the commit with that hash where
  /// one is given, and no command was refused before where refusals are looked for; all or none.
  engine::Settled settle(engine::Decisions const& decisions, std::optional<std::string> const& hash_before,
                         Looking looking);
  /// As a Redis that takes over and knows no more than this: later commits, what came into the vault with
  /// them, later refusals and later snapshots are gone.
  void lose_after(protocol::Version version);
  /// Commits after `version`, at most `limit`.
  std::vector<protocol::Commit> after(protocol::Version version, std::size_t limit) const;
  /// Stores it unless a newer one is stored.
  void keep(protocol::Snapshot snapshot);
  /// What is kept under this subject and has not expired.
  std::optional<protocol::Particulars> confidence(protocol::SubjectId const& subject) const;

  protocol::Version version() const { return commits_.size(); }
  std::vector<protocol::Commit> const& commits() const { return commits_; }
  /// The hash of a commit, which tells it and all before it apart from any other history.
  std::string const& hash(protocol::Version version) const { return hashes_[version]; }
  protocol::Snapshot const& snapshot() const { return snapshot_; }
  std::string const& line() const { return line_; }
  /// How often it lost its end.
  std::size_t losses() const { return losses_; }
  /// Stays when the line is renamed.
  std::string const& caller_hashing_key() const { return key_; }
  /// Renames the line of history, if it is still called so.
  void rename_line(std::string const& before);

  /// Raised when the next commits come, or when everybody is woken.
  std::shared_ptr<engine::Signal> bell(asio::any_io_executor const& executor);
  /// Ends every wait.
  void wake();

 private:
  struct Kept {
    protocol::Particulars particulars;
    protocol::Instant until;
    protocol::Version since; ///< the commit that brought it last
  };

  /// A refusal, and the last commit before it.
  struct Refused {
    domain::Refusal refusal;
    protocol::Version since;
  };

  bool comes_next(std::vector<engine::Entry> const& entries) const;
  engine::Refusals refused_before(engine::Decisions const& decisions) const;
  void put(protocol::Confidence const& confidence, protocol::Version version);
  protocol::Instant now() const;

  std::string line_;
  std::string key_;
  protocol::Duration kept_for_;
  std::shared_ptr<engine::Clock> clock_;
  std::vector<protocol::Commit> commits_;
  std::vector<std::string> hashes_{"the beginning"}; ///< by version
  std::size_t renamings_ = 0;
  std::size_t losses_ = 0;
  std::map<protocol::SubjectId, Kept> vault_;
  std::map<protocol::CommandId, Refused> refused_;
  protocol::Snapshot snapshot_;
  std::vector<std::weak_ptr<engine::Signal>> bells_;
};

} // namespace vigie::testing
