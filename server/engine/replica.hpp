#pragma once

#include "engine/engine.hpp"

namespace vigie::engine {

/// What this process knows of its service: the state folded from the journal, and the particulars of the
/// vault. Tells its listeners after each fold.
class Replica {
 public:
  explicit Replica(std::shared_ptr<Journal> journal) : journal_(std::move(journal)) {}

  domain::State const& state() const { return state_; }
  std::optional<protocol::Particulars> confidence(protocol::SubjectId const& subject) const;
  void on_change(ChangeHandler handler) { listeners_.push_back(std::move(handler)); }

  /// Snapshot, the rest of the journal, and the vault; false where the journal cannot be reached.
  asio::awaitable<bool> load();
  /// Reads and folds all that this replica misses; false where the journal cannot be reached.
  asio::awaitable<bool> catch_up();
  /// Folds commits of other processes, after fetching their particulars; false where that was not possible.
  asio::awaitable<bool> follow(std::vector<protocol::Commit> commits);
  /// Folds what this process appended itself.
  void take(std::vector<Entry> entries);
  /// Asks the vault again for all that is held, and drops what has expired there.
  asio::awaitable<void> drop_expired();

 private:
  asio::awaitable<bool> fetch(std::vector<protocol::SubjectId> subjects);
  void fold(std::vector<protocol::Commit> const& commits);
  void drop_forgotten();

  std::shared_ptr<Journal> journal_;
  domain::State state_;
  std::unordered_map<protocol::SubjectId, protocol::Particulars> confidences_;
  std::vector<ChangeHandler> listeners_;
};

} // namespace vigie::engine
