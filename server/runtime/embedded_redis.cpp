#include "runtime/embedded_redis.hpp"

#include "runtime/folder_lock.hpp"
#include "runtime/redis_ping.hpp"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

namespace vigie::runtime {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr auto log_name = "redis.log";
constexpr auto socket_name = "redis.sock";

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

using Rules = std::vector<std::pair<std::string, std::string>>;

Rules common_rules(fs::path const& folder) {
  return {
      {"port", "0"},
      {"unixsocket", folder / socket_name},
      {"unixsocketperm", "700"},
      {"daemonize", "no"},
      {"supervised", "no"},
      {"databases", "1"},
      {"dir", folder},
      {"logfile", folder / log_name},
      {"loglevel", "notice"},
      {"maxclients", "1000"},
      {"maxmemory-policy", "noeviction"},
      {"save", ""},
  };
}

Rules own_rules(RedisDuty duty) {
  if (duty == RedisDuty::presence) return {{"appendonly", "no"}};
  return {
      {"appendonly", "yes"},
      {"appendfsync", "always"},
      {"no-appendfsync-on-rewrite", "no"},
      {"aof-use-rdb-preamble", "yes"},
      {"aof-load-truncated", "yes"},
      {"auto-aof-rewrite-percentage", "100"},
      {"auto-aof-rewrite-min-size", "64mb"},
  };
}

// The rules stand here and not in a file: Redis takes a file's path for a pattern, and where a [ or ? in it
// matches nothing, it goes by its defaults, open to the whole network.
std::vector<std::string> command_line(fs::path const& folder, RedisDuty duty) {
  std::vector<std::string> line{"redis-server"};
  for (auto const& rules : {common_rules(folder), own_rules(duty)})
    for (auto const& [name, value] : rules) line.insert(line.end(), {"--" + name, value});
  return line;
}

std::vector<std::string> last_lines(fs::path const& log) {
  std::ifstream file(log);
  std::deque<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
    if (lines.size() > 5) lines.pop_front();
  }
  return {lines.begin(), lines.end()};
}

Failure<std::string> failed(std::string sentence) { return Failure<std::string>(std::move(sentence)); }

std::string text_for_silence(bool ended, fs::path const& folder) {
  auto text = "The embedded Redis in " + folder.string() +
              (ended ? " ended at its start." : " does not answer.") + " Its log " +
              (folder / log_name).string() + " ends with:\n";
  for (auto const& line : last_lines(folder / log_name)) text += "  " + line + "\n";
  return text;
}

// At its very first start Redis makes an empty base before the manifest, and takes no write until both are
// there.
bool holds_writes(fs::directory_entry const& file) {
  auto const name = file.path().filename().native();
  if (name.ends_with(".aof")) return file.file_size() > 0;
  return name.ends_with(".rdb") && name != "appendonly.aof.1.base.rdb";
}

// Without its manifest Redis begins with nothing and writes on in a file of before: at the next start, what
// it took meanwhile is gone, or what was there before.
Result<void, std::string> check_manifest(fs::path const& folder) try {
  auto const files = folder / "appendonlydir";
  auto const manifest = files / "appendonly.aof.manifest";
  if (!fs::exists(files) || fs::exists(manifest)) return {};
  if (std::ranges::none_of(fs::directory_iterator(files), holds_writes)) return {};
  return failed(
      "The journal's files in " + files.string() + " are there, but not " + manifest.filename().string() +
      ", which says in what order they follow each other; without it Redis would begin an empty journal. "
      "Restore the whole folder from one copy.");
} catch (fs::filesystem_error const& trouble) {
  return failed(trouble.path1().string() + " cannot be read: " + trouble.code().message());
}

Result<ChildProcess, std::string> launch(fs::path const& folder, RedisDuty duty,
                                         std::chrono::milliseconds patience) {
  auto const program = redis_program();
  if (!program)
    return failed(
        "There is no Redis on this machine to start. Install it with `apt-get install redis-tools`, "
        "or name a running one with --redis-url.");
  // Held by the Redis alone: while an earlier one is still ending, the new one must not share its folder.
  auto const lock = lock_folder(folder, "redis.lock", patience);
  if (!lock) return failed(lock.error());
  if (auto const checked = check_manifest(folder); !checked) return failed(checked.error());
  return ChildProcess::start(*program, command_line(folder, duty), lock->descriptor);
}

fs::path folder_in(fs::path const& data, RedisDuty duty) {
  return fs::absolute(data).lexically_normal() / name_of(duty);
}

// Of the longer of the two paths, so that neither is begun where the other has no place.
Result<void, std::string> check_length(fs::path const& data) {
  auto const socket = EmbeddedRedis::socket_in(data, RedisDuty::presence).native();
  if (socket.size() <= longest_socket_path) return {};
  return failed("The path " + socket + " is " + std::to_string(socket.size()) +
                " bytes long; a unix socket's may have " + std::to_string(longest_socket_path) +
                ". Choose a shorter --data-dir.");
}

// Whatever fails here, the lock tells. Also of a folder that was restored, and without what an earlier
// version wrote there and nothing reads any more.
void make_private(fs::path const& folder) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  fs::permissions(folder, fs::perms::owner_all, ignored);
  fs::remove(folder / "redis.conf", ignored);
}

} // namespace

fs::path EmbeddedRedis::socket_in(fs::path const& data, RedisDuty duty) {
  return folder_in(data, duty) / socket_name;
}

fs::path EmbeddedRedis::socket() const { return folder_ / socket_name; }

Result<EmbeddedRedis, std::string> EmbeddedRedis::start(fs::path const& data, RedisDuty duty,
                                                        std::chrono::milliseconds answer_within) {
  EmbeddedRedis redis(folder_in(data, duty), duty);
  if (auto const checked = check_length(data); !checked) return failed(checked.error());
  make_private(redis.folder_);
  if (auto const started = redis.start_again(10s); !started) return failed(started.error());

  auto const deadline = steady_clock::now() + answer_within;
  while (!redis_answers(redis.socket())) {
    auto const ended = redis.process_.ended_within(10ms);
    if (ended || steady_clock::now() > deadline) return failed(text_for_silence(ended, redis.folder_));
  }
  return redis;
}

Result<void, std::string> EmbeddedRedis::start_again(std::chrono::milliseconds patience) {
  process_.stop(0ms);
  auto process = launch(folder_, duty_, patience);
  if (!process) return failed(process.error());
  process_ = std::move(*process);
  return {};
}

std::vector<std::string> EmbeddedRedis::last_words() const {
  auto words = last_lines(folder_ / log_name);
  std::error_code unknown;
  constexpr auto little = 64 * 1024; // a full disk takes no log either
  if (fs::space(folder_, unknown).available < little) words.emplace_back("(nothing more: its disk is full)");
  return words;
}

void EmbeddedRedis::stop(std::chrono::milliseconds patience) { process_.stop(patience); }

} // namespace vigie::runtime
