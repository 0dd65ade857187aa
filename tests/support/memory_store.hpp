#pragma once

#include "engine/ports.hpp"

#include <asio/steady_timer.hpp>

#include <map>
#include <memory>

namespace vigie::testing {

/// What several MemoryJournals share, as several processes share one Redis. All on one thread.
class MemoryStore {
 public:
  /// How long particulars are kept, by the clock given; without one they stay.
  explicit MemoryStore(std::string line = "line-1", protocol::Duration confidences_kept_for = {},
                       std::shared_ptr<engine::Clock> clock = {});

  /// Takes the entries if they come next, all or none.
  engine::Append append(std::vector<engine::Entry> const& entries);
  /// Commits after `version`, at most `limit`.
  std::vector<protocol::Commit> after(protocol::Version version, std::size_t limit) const;
  /// Stores it unless a newer one is stored.
  void keep(protocol::Snapshot snapshot);
  /// What is kept under this subject and has not expired.
  std::optional<protocol::Particulars> confidence(protocol::SubjectId const& subject) const;

  protocol::Version version() const { return commits_.size(); }
  std::vector<protocol::Commit> const& commits() const { return commits_; }
  protocol::Snapshot const& snapshot() const { return snapshot_; }
  std::string const& line() const { return line_; }

  /// A timer that is cancelled when the next commits come, or when everybody is woken.
  std::shared_ptr<asio::steady_timer> bell(asio::any_io_executor const& executor,
                                           std::chrono::milliseconds at_most);
  /// Ends every wait.
  void wake();

 private:
  struct Kept {
    protocol::Particulars particulars;
    protocol::Instant until;
  };

  bool comes_next(std::vector<engine::Entry> const& entries) const;
  void put(protocol::Confidence const& confidence);
  protocol::Instant now() const;

  std::string line_;
  protocol::Duration kept_for_;
  std::shared_ptr<engine::Clock> clock_;
  std::vector<protocol::Commit> commits_;
  std::map<protocol::SubjectId, Kept> vault_;
  protocol::Snapshot snapshot_;
  std::vector<std::weak_ptr<asio::steady_timer>> bells_;
};

} // namespace vigie::testing
