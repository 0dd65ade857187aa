#include "support/private_redis.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string_view>

namespace vigie::testing {
namespace {

/// redis-tools brings the server too: the program serves when it is called `redis-server`.
constexpr auto program = "/usr/bin/redis-check-rdb";
constexpr auto called = "redis-server";
constexpr int longest_start_ms = 20000;

/// Where Redis says that it is ready, as it would to systemd.
class Readiness {
 public:
  explicit Readiness(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::remove(path_);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path_.c_str(), sizeof(address.sun_path) - 1);
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0)
      throw std::runtime_error("no socket at " + path_.string());
  }
  ~Readiness() { ::close(socket_); }
  Readiness(Readiness const&) = delete;
  Readiness& operator=(Readiness const&) = delete;

  /// False when Redis did not say it in time.
  bool came() {
    pollfd readable{socket_, POLLIN, 0};
    while (::poll(&readable, 1, longest_start_ms) == 1) {
      char text[1024] = {};
      auto const size = ::recv(socket_, text, sizeof(text), 0);
      if (size > 0 && std::string_view(text, size).find("READY=1") != std::string_view::npos) return true;
    }
    return false;
  }

 private:
  std::filesystem::path path_;
  int socket_ = -1;
};

std::filesystem::path fresh_directory() {
  auto pattern = (std::filesystem::temp_directory_path() / "vigie-redis-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("no directory for a private Redis");
  return pattern;
}

} // namespace

PrivateRedis::PrivateRedis(Settings settings)
    : settings_(std::move(settings)), directory_(fresh_directory()) {
  if (!settings_.config.empty()) std::ofstream(directory_ / "redis.conf") << settings_.config;
  launch();
}

PrivateRedis::~PrivateRedis() {
  kill();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

std::vector<std::string> PrivateRedis::arguments() const {
  std::vector<std::string> all{called,
                               "--port",
                               "0",
                               "--save",
                               "",
                               "--unixsocket",
                               socket_path(),
                               "--dir",
                               directory_,
                               "--logfile",
                               directory_ / "redis.log",
                               "--supervised",
                               "systemd"};
  if (!settings_.config.empty()) all.insert(all.begin() + 1, directory_ / "redis.conf");
  if (settings_.durable) all.insert(all.end(), {"--appendonly", "yes", "--appendfsync", "always"});
  all.insert(all.end(), settings_.more.begin(), settings_.more.end());
  return all;
}

void PrivateRedis::launch() {
  Readiness readiness(directory_ / "ready.sock");
  auto words = arguments();
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  auto notify = "NOTIFY_SOCKET=" + (directory_ / "ready.sock").string();
  std::vector<char*> environment{notify.data(), nullptr};

  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execve(program, argv.data(), environment.data());
    ::_exit(127);
  }
  if (pid_ < 0) throw std::runtime_error("no process for a private Redis");
  if (readiness.came()) return;
  kill();
  throw std::runtime_error("a private Redis did not start; is redis-tools installed?");
}

void PrivateRedis::kill() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

void PrivateRedis::restart() {
  kill();
  launch();
}

void PrivateRedis::freeze() {
  ::kill(pid_, SIGSTOP);
  ::waitpid(pid_, nullptr, WUNTRACED);
}

void PrivateRedis::thaw() { ::kill(pid_, SIGCONT); }

} // namespace vigie::testing
