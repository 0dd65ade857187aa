#pragma once

#include "engine/figures.hpp"
#include "engine/inbox.hpp"
#include "engine/replica.hpp"
#include "engine/signal.hpp"

namespace vigie::engine {

/// Decides commands and appends them in groups: while one group is under way to the journal, the next is
/// decided already and follows at once. Decisions run on a draft, which is ahead of the replica by both
/// groups and starts anew when the journal went another way.
class Writer {
 public:
  Writer(asio::any_io_executor executor, protocol::Service const& service, Replica& replica,
         std::shared_ptr<Journal> journal, std::shared_ptr<Clock> clock, Limits limits);

  /// False when it stops, or too many commands wait.
  bool has_room() const { return !stopping_ && queued() < limits_.waiting_commands; }
  /// Queues a command.
  void put(Submission submission, Answered answered);
  /// Queues commands that were answered and lost, in their order, before all others. They are not given up
  /// but with the journal, when the process stops.
  void owe(Group group);
  /// Answers those that are meant as if the journal were away. What is under way to it may be taken all the
  /// same.
  void give_up(std::function<bool(Waiting const&)> const& meant);
  /// Works until stop, then until nothing waits any more.
  asio::awaitable<void> run();
  /// Gives up, as long as run works, whoever waits for longer than a command may.
  asio::awaitable<void> keep_deadlines();
  void stop();
  /// Counts from now on.
  void measure(runtime::Metrics& metrics) { figures_.emplace(metrics, service_.id); }
  Figures* figures() { return figures_ ? &*figures_ : nullptr; }

  /// The latest commands that were answered as taken, in order, should the journal lose them.
  std::vector<Submission> latest_taken() const;
  /// Drops those that are too old to be lost.
  void forget_old();

  /// The journal can be read, and takes commits.
  bool available() const { return readable_ && writable_; }
  void on_available(std::function<void(bool)> listener) { availability_.push_back(std::move(listener)); }
  /// The journal was away, or is new to this process: before anything is decided it is asked whether it takes
  /// commits.
  void doubt() {
    doubted_ = true;
    work_.raise();
  }
  /// Marks whether the journal can be read.
  void set_readable(bool readable) { change(readable_, readable); }

 private:
  /// A command that was taken, and when.
  struct Kept {
    Submission submission;
    PassingTime::Moment at;
  };
  /// Commands decided together.
  struct Batch {
    Decisions decided;
    Group group;
    std::vector<Answer> answers; ///< to each command of the group, once the decisions hold
  };
  void decide_waiting();
  void renew_draft();
  Answer decide(Submission const& submission);
  std::optional<domain::Refusal> refused_before(protocol::CommandId const& command) const;
  domain::Intent intent_of(Submission const& submission) const;
  asio::awaitable<void> write(std::chrono::milliseconds& pause);
  asio::awaitable<Settled> settle(Decisions decisions);
  asio::awaitable<Settled> settle_measured(Decisions decisions, Figures& figures);
  bool follows_the_replica(Batch const& batch) const;
  void conclude();
  void change(bool& one, bool to);
  void take_back();
  asio::awaitable<bool> is_back();
  asio::awaitable<void> ask(std::chrono::milliseconds& pause);
  asio::awaitable<void> recover(std::chrono::milliseconds& pause);
  void remember(Submission submission);
  void give_up_all();
  std::size_t queued() const { return inbox_.size() + ahead_.group.size(); }
  std::optional<PassingTime::Moment> first_due();
  void give_up_late();

  protocol::Service const& service_;
  Replica& replica_;
  std::shared_ptr<Journal> journal_;
  std::shared_ptr<Clock> clock_;
  Limits limits_;
  PassingTime const& time_;
  Signal work_;
  Signal pause_;
  Signal deadline_;
  Inbox inbox_;
  Batch under_way_; ///< to the journal
  Batch ahead_;     ///< to follow it
  RememberedRefusals refused_;
  std::optional<Figures> figures_;
  domain::State draft_;
  std::uint64_t draft_epoch_ = 0; ///< of the replica that it began with
  bool draft_stands_ = false;     ///< it is the replica with what is under way and ahead, nothing else
  std::deque<Kept> taken_;
  std::vector<std::function<void(bool)>> availability_;
  bool readable_ = false;
  bool writable_ = true;
  bool doubted_ = true;
  bool deadline_watched_ = false; ///< somebody's deadline is waited for
  bool stopping_ = false;
  bool done_ = false;
};

} // namespace vigie::engine
