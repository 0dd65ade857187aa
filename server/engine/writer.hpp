#pragma once

#include "engine/figures.hpp"
#include "engine/inbox.hpp"
#include "engine/replica.hpp"
#include "engine/signal.hpp"

namespace vigie::engine {

/// Decides commands and appends them in groups: while one append is under way, the next group gathers.
/// Decisions run on a draft, which is ahead of the replica by the group under way and starts anew when the
/// journal went another way.
class Writer {
 public:
  Writer(asio::any_io_executor executor, protocol::Service const& service, Replica& replica,
         std::shared_ptr<Journal> journal, std::shared_ptr<Clock> clock, Limits limits);

  /// Queues a command; false when too many wait.
  bool put(std::shared_ptr<Waiting> waiting);
  /// Works until stop, then until nothing waits any more.
  asio::awaitable<void> run();
  void stop();
  /// Counts from now on.
  void measure(runtime::Metrics& metrics) { figures_.emplace(metrics, service_.id); }
  Figures* figures() { return figures_ ? &*figures_ : nullptr; }

  /// The latest commands that were answered as taken, in order, should the journal lose them.
  std::vector<Submission> latest_taken() const;
  /// Drops those that are too old to be lost.
  void forget_old();

  bool available() const { return available_; }
  void on_available(std::function<void(bool)> listener) { availability_.push_back(std::move(listener)); }
  /// Marks the journal as there or away, and tells the listeners when that changes.
  void set_available(bool available);

 private:
  /// A command that was taken, and when.
  struct Kept {
    Submission submission;
    protocol::Instant at;
  };
  struct Draft; ///< a group decided: entries to append, and each command's answer once they are
  asio::awaitable<void> write(Group group);
  asio::awaitable<Append> look_for_more();
  asio::awaitable<Append> append(std::vector<Entry> entries);
  asio::awaitable<void> recover(std::chrono::milliseconds& pause);
  Draft decide(Group const& group);
  Answer decide_one(Submission const& submission, std::vector<Entry>& entries);
  void conclude(Group const& group, Draft draft);
  void remember_refusal(Submission const& submission, Answer const& answer);
  void remember(Submission const& submission);
  void give_up(Group const& group);

  protocol::Service const& service_;
  Replica& replica_;
  std::shared_ptr<Journal> journal_;
  std::shared_ptr<Clock> clock_;
  Limits limits_;
  Signal work_;
  Signal pause_;
  Inbox inbox_;
  RememberedRefusals refusals_;
  std::optional<Figures> figures_;
  domain::State draft_;
  std::uint64_t draft_epoch_ = 0;
  bool draft_stands_ = false; ///< the draft is what the journal took, no more and no less
  std::deque<Kept> taken_;
  std::vector<std::function<void(bool)>> availability_;
  bool available_ = false;
  bool stopping_ = false;
};

} // namespace vigie::engine
