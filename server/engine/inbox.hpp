#pragma once

#include "engine/engine.hpp"
#include "engine/passing_time.hpp"

#include <deque>

namespace vigie::engine {

/// A submitted command on its way to an answer.
class Waiting {
 public:
  /// A command that was answered, and that the journal lost: it has no deadline, and goes before all others.
  static constexpr auto owed = PassingTime::Moment::max();

  /// Without an answer until `due` it is given up.
  Waiting(Submission submission, Answered answered, PassingTime::Moment due)
      : submission_(std::move(submission)), answered_(std::move(answered)), due_(due) {}

  Submission const& submission() const& { return submission_; }
  Submission submission() && { return std::move(submission_); }
  PassingTime::Moment due() const { return due_; }
  bool is_owed() const { return due_ == owed; }
  bool answered() const { return !answered_; }

  /// Tells the answer, unless one was told already.
  void answer(Answer answer) noexcept;
  /// Answers that the journal is away: whether the command was taken shows when it is sent again.
  void give_up() noexcept;

 private:
  Submission submission_;
  Answered answered_;
  PassingTime::Moment due_;
};

using Group = std::vector<Waiting>;

/// The commands that wait for the writer, in the order in which they came.
class Inbox {
 public:
  std::size_t size() const { return waiting_.size(); }
  void put(Waiting waiting) { waiting_.push_back(std::move(waiting)); }
  /// Puts these before all that wait; what is owed stays before all else.
  void put_back(Group group);
  /// Takes out up to `most`, leaving aside those who were given up.
  Group take(std::size_t most);
  std::deque<Waiting>& waiting() { return waiting_; }

 private:
  std::deque<Waiting> waiting_;
};

/// The latest refusals by command id, so that a command sent again hears the same.
class RememberedRefusals {
 public:
  void remember(Refusals refusals);
  std::optional<domain::Refusal> find(protocol::CommandId const& id) const;

 private:
  static constexpr std::size_t most = 10'000;
  std::unordered_map<protocol::CommandId, domain::Refusal> refusals_;
  std::deque<protocol::CommandId> order_;
};

} // namespace vigie::engine
