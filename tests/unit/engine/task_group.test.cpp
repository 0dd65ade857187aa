#include "engine/task_group.hpp"

#include <asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

using namespace vigie::engine;

namespace {

asio::awaitable<void> fail() {
  throw std::runtime_error{"on purpose"};
  co_return;
}

/// Runs a task that fails, and ends with 0 if that ended nothing else.
[[noreturn]] void run_failing(AtFailure at_failure) {
  std::signal(SIGABRT, SIG_DFL);
  asio::io_context io;
  TaskGroup tasks{io.get_executor(), "test", at_failure};
  tasks.spawn(fail());
  io.run();
  std::_Exit(0);
}

/// How a process ends in which a task fails.
int status_after(AtFailure at_failure) {
  auto const child = fork();
  if (child == 0) run_failing(at_failure);
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  return status;
}

} // namespace

TEST_CASE("a task that fails ends the process where nothing would be right without it, and only there") {
  auto const ended = status_after(AtFailure::end_process);
  REQUIRE(WIFSIGNALED(ended));
  CHECK(WTERMSIG(ended) == SIGABRT);
  auto const went_on = status_after(AtFailure::go_on);
  REQUIRE(WIFEXITED(went_on));
  CHECK(WEXITSTATUS(went_on) == 0);
}
