#include "runtime/embedded_redis.hpp"

#include "runtime/folder_lock.hpp"
#include "runtime/redis_ping.hpp"

#include <cstdlib>
#include <deque>
#include <fstream>
#include <optional>
#include <sstream>

namespace vigie::runtime {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr auto config_name = "redis.conf";
constexpr auto log_name = "redis.log";

std::string name_of(RedisDuty duty) { return duty == RedisDuty::journal ? "journal" : "presence"; }

std::optional<fs::path> on_path(std::string const& program) {
  auto const* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (auto const file = fs::path(folder) / program; ::access(file.c_str(), X_OK) == 0) return file;
  return std::nullopt;
}

// Debian's redis-tools holds the server under the name of one of its tools; it goes by the name it is called
// with.
std::optional<fs::path> redis_program() {
  auto const server = on_path("redis-server");
  return server ? server : on_path("redis-check-rdb");
}

std::string quoted(fs::path const& path) {
  std::string text = "\"";
  for (char const c : path.native()) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string common_rules(fs::path const& folder, fs::path const& socket) {
  return "# Written by vigie-server at each start; changes are lost.\n"
         "port 0\n"
         "unixsocket " +
         quoted(socket) +
         "\n"
         "unixsocketperm 700\n"
         "daemonize no\n"
         "supervised no\n"
         "databases 1\n"
         "dir " +
         quoted(folder) +
         "\n"
         "logfile " +
         quoted(folder / log_name) +
         "\n"
         "loglevel notice\n"
         "maxclients 1000\n"
         "maxmemory-policy noeviction\n"
         "save \"\"\n";
}

std::string rules_of(RedisDuty duty) {
  if (duty == RedisDuty::presence) return "appendonly no\n";
  return "appendonly yes\n"
         "appendfsync always\n"
         "no-appendfsync-on-rewrite no\n"
         "aof-use-rdb-preamble yes\n"
         "aof-load-truncated yes\n"
         "auto-aof-rewrite-percentage 100\n"
         "auto-aof-rewrite-min-size 64mb\n";
}

std::string last_lines(fs::path const& log) {
  std::ifstream file(log);
  std::deque<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back("  " + line + "\n");
    if (lines.size() > 5) lines.pop_front();
  }
  std::string text;
  for (auto const& line : lines) text += line;
  return text;
}

Failure<std::string> failed(std::string sentence) { return Failure<std::string>(std::move(sentence)); }

std::string text_for_silence(bool ended, fs::path const& folder) {
  return "The embedded Redis in " + folder.string() + (ended ? " ended at its start." : " does not answer.") +
         " Its log " + (folder / log_name).string() + " ends with:\n" + last_lines(folder / log_name);
}

Result<ChildProcess, std::string> launch(fs::path const& folder, std::chrono::milliseconds patience) {
  auto const program = redis_program();
  if (!program)
    return failed(
        "There is no Redis on this machine to start. Install it with `apt-get install redis-tools`, "
        "or name a running one with --redis-url.");
  // Held by the Redis alone: while an earlier one is still ending, the new one must not share its folder.
  auto const lock = lock_folder(folder, "redis.lock", patience);
  if (!lock) return failed(lock.error());
  return ChildProcess::start(*program, {"redis-server", (folder / config_name).string()}, lock->descriptor);
}

} // namespace

Result<EmbeddedRedis, std::string> EmbeddedRedis::start(fs::path const& data, RedisDuty duty,
                                                        std::chrono::milliseconds answer_within) {
  auto const folder = fs::absolute(data).lexically_normal() / name_of(duty);
  EmbeddedRedis redis(folder, folder / "redis.sock");
  if (redis.socket_.native().size() > longest_socket_path)
    return failed("The path " + redis.socket_.string() + " is " +
                  std::to_string(redis.socket_.native().size()) + " bytes long; a unix socket's may have " +
                  std::to_string(longest_socket_path) + ". Choose a shorter --data-dir.");
  std::error_code error;
  fs::create_directories(folder, error);
  fs::permissions(folder, fs::perms::owner_all, error);
  std::ofstream config(folder / config_name, std::ios::trunc);
  config << common_rules(folder, redis.socket_) << rules_of(duty);
  config.close();
  if (!config) return failed("The folder " + folder.string() + " cannot be written to.");
  if (auto const started = redis.start_again(10s); !started) return failed(started.error());

  auto const deadline = steady_clock::now() + answer_within;
  while (!redis_answers(redis.socket_)) {
    auto const ended = redis.process_.ended_within(10ms);
    if (ended || steady_clock::now() > deadline) return failed(text_for_silence(ended, folder));
  }
  return redis;
}

Result<void, std::string> EmbeddedRedis::start_again(std::chrono::milliseconds patience) {
  process_.stop(0ms);
  auto process = launch(folder_, patience);
  if (!process) return failed(process.error());
  process_ = std::move(*process);
  return {};
}

void EmbeddedRedis::stop(std::chrono::milliseconds patience) { process_.stop(patience); }

} // namespace vigie::runtime
