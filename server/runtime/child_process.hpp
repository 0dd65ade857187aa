#pragma once

#include "protocol/result.hpp"
#include "runtime/descriptor.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace vigie::runtime {

/// A program run as a child. It is in a process group of its own, so that Ctrl+C in a terminal does not reach
/// it, and the kernel sends it SIGTERM when the thread that started it ends, however that happens. Killed at
/// the end of this object if it still runs.
class ChildProcess {
 public:
  /// Runs `program` with these arguments; the first is the name it goes by. `kept_open` stays open in the
  /// child. Standard input and output are /dev/null. The error is a sentence.
  static Result<ChildProcess, std::string> start(std::filesystem::path const& program,
                                                 std::vector<std::string> const& arguments,
                                                 Descriptor const& kept_open);
  ChildProcess() = default;
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  int pid() const { return pid_; }
  /// Waits at most so long for the child to end; tells whether it has.
  bool ended_within(std::chrono::milliseconds time);
  /// Asks it to end (SIGTERM), and makes it (SIGKILL) after that time. Blocks until it has ended.
  void stop(std::chrono::milliseconds patience);
  /// A new descriptor, the caller's own, that becomes readable when the child ends; -1 when it has ended.
  int watch() const;

 private:
  ChildProcess(int pid, Descriptor handle) : pid_(pid), handle_(std::move(handle)) {}

  int pid_ = -1;
  Descriptor handle_; ///< a pidfd: readable when the child has ended
};

} // namespace vigie::runtime
