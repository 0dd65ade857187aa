#pragma once

#include "engine/beginnings.hpp"
#include "engine/engine.hpp"
#include "engine/signal.hpp"

namespace vigie::engine {

/// What happened to a replica that had to begin anew.
struct Loss {
  std::vector<protocol::CommandId> commands; ///< known here, and not in the journal any more
};

/// What this process knows of its service: the state folded from the journal, and the particulars of the
/// vault. Tells its listeners after each fold. Where the journal lost its end, it puts back what it still
/// holds; where the journal went another way meanwhile, it begins anew.
class Replica {
 public:
  /// `patience` is the time given to other processes, after a loss, to put back what they hold; what was
  /// confided is kept for `kept_for`.
  Replica(asio::any_io_executor executor, std::shared_ptr<Journal> journal, std::string service,
          std::chrono::milliseconds patience, protocol::Duration kept_for);

  domain::State const& state() const { return state_; }
  protocol::Text<64> const& line() const { return line_; }
  std::optional<protocol::Particulars> confidence(protocol::SubjectId const& subject) const;
  void on_change(ChangeHandler handler) { listeners_.push_back(std::move(handler)); }
  void on_loss(std::function<void(Loss const&)> handler) { on_loss_ = std::move(handler); }
  void on_regrown(std::function<void(std::size_t commits)> handler) { on_regrown_ = std::move(handler); }

  /// Snapshot, the rest of the journal, and the vault; false where the journal cannot be reached.
  asio::awaitable<bool> load();
  /// Reads and folds all that this replica misses, one caller after the other; false where the journal cannot
  /// be reached. For the writer and for whoever follows the news, and for nobody else: one may wait for the
  /// other.
  asio::awaitable<bool> catch_up();
  /// Waits for commits of other processes and folds them, or looks after a while whether all is well; false
  /// where the journal cannot be reached.
  asio::awaitable<bool> await_news();
  /// Folds what this process appended itself.
  void take(std::vector<Entry> entries);
  /// Asks the vault again for all that is held, and drops what it holds no more.
  asio::awaitable<void> drop_expired();
  /// Looks whether another process renamed the line of history, and then tells its listeners everything.
  asio::awaitable<void> look_at_line();

  /// Which beginning this is: what was decided or read in an earlier one is worth nothing.
  std::uint64_t epoch() const { return epoch_; }
  /// Lets whoever waits for other processes go on.
  void interrupt();

  /// The journal and this replica are being brought together: nothing may be decided meanwhile.
  bool healing() const { return healing_ || unfinished_; }

 private:
  /// When something was confided last under a subject; nothing where the snapshot alone knows.
  using ConfidedAt = std::unordered_map<protocol::SubjectId, protocol::Instant>;
  /// What a process knows that has just begun.
  struct Fresh {
    domain::State state;
    std::vector<protocol::Confidence> confidences;
    ConfidedAt confided_at;
  };
  using Fetched = std::optional<std::vector<protocol::Confidence>>;

  asio::awaitable<bool> read_on();
  asio::awaitable<bool> heal(Breach breach);
  asio::awaitable<bool> mend(Breach breach);
  asio::awaitable<bool> regrow(protocol::Version from, std::vector<protocol::Commit> held);
  asio::awaitable<bool> start_over(Breach breach);
  asio::awaitable<std::optional<Fresh>> begin();
  asio::awaitable<Fetched> fetch(std::vector<protocol::SubjectId> subjects);
  std::vector<protocol::SubjectId> held_subjects() const;
  void confide(protocol::Confidence const& given, protocol::Instant at);
  void adopt(Fresh fresh);
  asio::awaitable<bool> follow(std::vector<protocol::Commit> commits);
  Entry with_confidences(protocol::Commit commit) const;
  void fold(std::vector<protocol::Commit> const& commits);
  void drop_forgotten();
  static void note_confided(protocol::Commit const& commit, ConfidedAt& confided_at);
  void tell_all(domain::Touched touched);
  void tell(domain::Touched const& touched);

  std::shared_ptr<Journal> journal_;
  std::string service_;
  std::chrono::milliseconds patience_;
  protocol::Duration kept_for_;
  Beginnings& beginnings_;
  domain::State state_;
  protocol::Text<64> line_;
  std::unordered_map<protocol::SubjectId, protocol::Particulars> confidences_;
  ConfidedAt confided_at_;
  std::vector<ChangeHandler> listeners_;
  std::function<void(Loss const&)> on_loss_;
  std::function<void(std::size_t)> on_regrown_;
  Signal read_;
  Signal others_;
  std::uint64_t epoch_ = 0;
  std::uint64_t readers_ = 0; ///< that came so far
  std::uint64_t served_ = 0;  ///< that have read
  bool healing_ = false;
  std::optional<Breach>
      unfinished_; ///< a new beginning that could not be finished: the journal forgot the old
};

} // namespace vigie::engine
