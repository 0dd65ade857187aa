#pragma once

#include "engine/engine.hpp"
#include "engine/signal.hpp"

#include <deque>

namespace vigie::engine {

/// A submitted command on its way to an answer.
class Waiting {
 public:
  Waiting(asio::any_io_executor executor, Submission submission)
      : submission_(std::move(submission)), answered_(executor) {}

  Submission const& submission() const { return submission_; }
  bool given_up() const { return given_up_; }

  void answer(Answer answer) {
    answer_ = std::move(answer);
    answered_.raise();
  }

  /// Waits for the answer, at the longest this long; without one it is journal_unavailable, and whether the
  /// command was taken is unknown until it is sent again.
  asio::awaitable<Answer> wait(std::chrono::milliseconds longest);

 private:
  Submission submission_;
  Signal answered_;
  std::optional<Answer> answer_;
  bool given_up_ = false;
};

using Group = std::vector<std::shared_ptr<Waiting>>;

/// The commands that wait for the writer, in the order in which they came.
class Inbox {
 public:
  std::size_t size() const { return waiting_.size(); }
  bool empty() const { return waiting_.empty(); }
  void put(std::shared_ptr<Waiting> waiting) { waiting_.push_back(std::move(waiting)); }
  /// Takes out up to `most`, leaving aside those whose sender gave up.
  Group take(std::size_t most);

 private:
  std::deque<std::shared_ptr<Waiting>> waiting_;
};

/// The latest refusals by command id, so that a command sent again hears the same.
class RememberedRefusals {
 public:
  void remember(protocol::CommandId const& id, domain::Refusal refusal);
  std::optional<domain::Refusal> find(protocol::CommandId const& id) const;

 private:
  static constexpr std::size_t most = 10'000;
  std::unordered_map<protocol::CommandId, domain::Refusal> refusals_;
  std::deque<protocol::CommandId> order_;
};

} // namespace vigie::engine
