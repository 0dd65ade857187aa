#pragma once

#include "protocol/result.hpp"
#include "runtime/child_process.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace vigie::runtime {

/// What a Redis of our own is for, which decides its rules: the journal's is synced to disk with every write,
/// the presence's never writes.
enum class RedisDuty { journal, presence };

/// A private Redis server: a child process with its own folder (`journal` or `presence` in the data folder),
/// a unix socket readable by its owner alone, and no port. It ends with this process, at the latest; a second
/// one never runs in the same folder. Start it from the main thread: the child ends with the thread that
/// started it.
class EmbeddedRedis {
 public:
  /// Starts it and blocks until it answers, at most so long (reading a long journal takes its time). The
  /// error is a sentence that says what to do.
  static Result<EmbeddedRedis, std::string>
  start(std::filesystem::path const& data, RedisDuty duty,
        std::chrono::milliseconds answer_within = std::chrono::minutes(2));

  /// Where it listens, or would.
  static std::filesystem::path socket_in(std::filesystem::path const& data, RedisDuty duty);
  std::filesystem::path socket() const;
  int pid() const { return process_.pid(); }
  /// A new descriptor, the caller's own, that becomes readable when this Redis ends.
  int watch() const { return process_.watch(); }
  /// The end of its own log, a few lines.
  std::vector<std::string> last_words() const;
  /// Starts it again after it ended, without waiting until it answers. A process of the earlier one may still
  /// hold the folder; blocks for that as long as `patience` at the most.
  Result<void, std::string> start_again(std::chrono::milliseconds patience = {});
  /// Lets it finish its writing and end; forces it after that time. Blocks meanwhile.
  void stop(std::chrono::milliseconds patience = std::chrono::seconds(10));

 private:
  EmbeddedRedis(std::filesystem::path folder, RedisDuty duty) : folder_(std::move(folder)), duty_(duty) {}

  std::filesystem::path folder_;
  RedisDuty duty_;
  ChildProcess process_;
};

} // namespace vigie::runtime
