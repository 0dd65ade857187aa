#pragma once

#include "engine/signal.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace vigie::engine {

/// What a task's failure, an exception, comes to.
enum class AtFailure {
  go_on,      ///< the others do without it
  end_process ///< without it nothing would be right; a process that starts anew knows all that was answered
};

/// Coroutines that somebody owns: each end is noticed, a failure is logged, and join waits for the last.
class TaskGroup {
 public:
  /// `room` stands in the log beside a failure.
  TaskGroup(asio::any_io_executor executor, std::string_view room, AtFailure at_failure = AtFailure::go_on);

  void spawn(asio::awaitable<void> task);
  /// Returns once no task runs any more.
  asio::awaitable<void> join();

 private:
  struct Count;
  asio::any_io_executor executor_;
  std::shared_ptr<Count> count_;
};

} // namespace vigie::engine
