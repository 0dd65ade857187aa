#include "engine/task_group.hpp"

#include "runtime/log.hpp"

#include <asio/co_spawn.hpp>

#include <cstdlib>
#include <string>

namespace vigie::engine {

struct TaskGroup::Count {
  Signal ended;
  std::string room;
  AtFailure at_failure;
  int running = 0;

  void end(std::exception_ptr failure) noexcept {
    --running;
    ended.raise();
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (std::exception const& error) {
      log::error(room, std::string{"a task failed: "} + error.what());
    }
    if (at_failure == AtFailure::end_process) std::abort();
  }
};

TaskGroup::TaskGroup(asio::any_io_executor executor, std::string_view room, AtFailure at_failure)
    : executor_(executor), count_(std::make_shared<Count>(Signal{executor}, std::string{room}, at_failure)) {}

void TaskGroup::spawn(asio::awaitable<void> task) {
  ++count_->running;
  asio::co_spawn(executor_, std::move(task),
                 [count = count_](std::exception_ptr failure) { count->end(failure); });
}

asio::awaitable<void> TaskGroup::join() {
  auto const count = count_;
  while (count->running > 0) co_await count->ended.wait();
}

} // namespace vigie::engine
