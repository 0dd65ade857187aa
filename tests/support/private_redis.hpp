#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace vigie::testing {

/// A Redis server of a test's own: a child process with a directory of its own, reachable by a unix socket
/// only, killed at destruction and, should the test die, by the kernel. Failures throw std::runtime_error.
class PrivateRedis {
 public:
  struct Settings {
    bool durable = false;          ///< synced append-only file, so that restart() finds everything again
    std::vector<std::string> more; ///< further arguments, such as {"--requirepass", "secret"}
    std::string config{};          ///< text of a configuration file that it may rewrite, as Sentinels do
  };

  /// Starts it and waits until it is ready.
  explicit PrivateRedis(Settings settings);
  PrivateRedis() : PrivateRedis(Settings{}) {}
  ~PrivateRedis();
  PrivateRedis(PrivateRedis const&) = delete;
  PrivateRedis& operator=(PrivateRedis const&) = delete;

  /// Its address, as `unix:/…/redis.sock`.
  std::string url() const { return "unix:" + socket_path().string(); }
  std::filesystem::path socket_path() const { return directory_ / "redis.sock"; }
  /// Where it lives; gone with it.
  std::filesystem::path const& directory() const { return directory_; }
  /// Its process, 0 while it is down.
  pid_t pid() const { return pid_; }

  /// SIGKILL, and waits for its end. Harmless when it is down.
  void kill();
  /// Starts it again on the same socket and directory, after kill(), and waits until it is ready.
  void restart();
  /// SIGSTOP: it is there and says nothing, until thaw().
  void freeze();
  void thaw();

 private:
  std::vector<std::string> arguments() const;
  void launch();

  Settings settings_;
  std::filesystem::path directory_;
  pid_t pid_ = 0;
};

} // namespace vigie::testing
