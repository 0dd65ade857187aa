#include "runtime/embedded_redis.hpp"

#include "runtime/folder_lock.hpp"
#include "runtime/redis_ping.hpp"
#include "unit/runtime/scratch_folder.hpp"

#include <catch2/catch.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>

using namespace vigie;
using namespace vigie::runtime;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

EmbeddedRedis started(std::filesystem::path const& data, RedisDuty duty) {
  auto redis = EmbeddedRedis::start(data, duty);
  if (!redis) FAIL(redis.error());
  return std::move(*redis);
}

/// What Redis answers to one command, as it comes over the socket.
std::string asked(EmbeddedRedis const& redis, std::string const& command) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, redis.socket().c_str());
  Descriptor const line(::socket(AF_UNIX, SOCK_STREAM, 0));
  REQUIRE(::connect(line.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  auto const question = command + "\r\n";
  REQUIRE(::send(line.number(), question.data(), question.size(), MSG_NOSIGNAL) > 0);
  std::array<char, 4096> answer{};
  auto const size = ::recv(line.number(), answer.data(), answer.size(), 0);
  REQUIRE(size > 0);
  return {answer.data(), static_cast<std::size_t>(size)};
}

bool becomes_readable(int descriptor) {
  pollfd end{descriptor, POLLIN, 0};
  return ::poll(&end, 1, 10'000) == 1;
}

/// Sets the PATH for one test.
struct PathSetTo {
  explicit PathSetTo(std::string const& path) : before(std::getenv("PATH")) {
    ::setenv("PATH", path.c_str(), 1);
  }
  ~PathSetTo() { ::setenv("PATH", before.c_str(), 1); }
  std::string before;
};

} // namespace

TEST_CASE("the journal's Redis syncs every write, takes no port, and keeps its data over a restart") {
  ScratchFolder const folder;
  {
    auto redis = started(folder.path, RedisDuty::journal);
    CHECK_THAT(asked(redis, "CONFIG GET appendfsync"), Contains("always"));
    CHECK_THAT(asked(redis, "CONFIG GET port"), Contains("\r\n0\r\n"));
    CHECK_THAT(asked(redis, "CONFIG GET maxmemory-policy"), Contains("noeviction"));
    CHECK(asked(redis, "SET night 2026-11-21") == "+OK\r\n");
    redis.stop();
  }
  auto const again = started(folder.path, RedisDuty::journal);
  CHECK_THAT(asked(again, "GET night"), Contains("2026-11-21"));
}

TEST_CASE("the presence's Redis leaves no position on disk") {
  ScratchFolder const folder;
  auto redis = started(folder.path, RedisDuty::presence);
  CHECK(asked(redis, "SET fix somewhere") == "+OK\r\n");
  redis.stop();
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder.path))
    if (entry.is_regular_file()) CHECK_THAT(read_text(entry.path()), !Contains("somewhere"));
}

TEST_CASE("a journal without its manifest is not begun anew, but refused") {
  ScratchFolder const folder;
  auto const files = folder.path / "journal/appendonlydir";
  auto const manifest = files / "appendonly.aof.manifest";
  {
    auto redis = started(folder.path, RedisDuty::journal);
    CHECK(asked(redis, "SET night 2026-11-21") == "+OK\r\n");
    redis.stop();
    std::filesystem::rename(manifest, folder.path / "away");
    auto const again = redis.start_again();
    REQUIRE_FALSE(again);
    CHECK_THAT(again.error(), Contains(files) && Contains("appendonly.aof.manifest") && Contains("Restore"));
  }
  REQUIRE_FALSE(EmbeddedRedis::start(folder.path, RedisDuty::journal));
  std::filesystem::rename(folder.path / "away", manifest);
  auto const whole = started(folder.path, RedisDuty::journal);
  CHECK_THAT(asked(whole, "GET night"), Contains("2026-11-21"));
}

TEST_CASE("a journal rewritten by Redis is missed too, and an unreadable one is no empty one") {
  ScratchFolder const folder;
  std::filesystem::create_directories(folder.path / "journal/appendonlydir");
  folder.with("journal/appendonlydir/appendonly.aof.2.base.rdb", "");
  CHECK_FALSE(EmbeddedRedis::start(folder.path, RedisDuty::journal));
  std::filesystem::remove_all(folder.path / "journal/appendonlydir");
  folder.with("journal/appendonlydir", "");
  auto const redis = EmbeddedRedis::start(folder.path, RedisDuty::journal);
  REQUIRE_FALSE(redis);
  CHECK_THAT(redis.error(), Contains("appendonlydir cannot be read: Not a directory"));
}

TEST_CASE("a first start that was cut off before its manifest has lost nothing") {
  ScratchFolder const folder;
  {
    auto redis = started(folder.path, RedisDuty::journal);
    redis.stop();
  }
  std::filesystem::remove(folder.path / "journal/appendonlydir/appendonly.aof.manifest");
  auto const again = started(folder.path, RedisDuty::journal);
  CHECK(asked(again, "DBSIZE") == ":0\r\n");
}

TEST_CASE("no name of a folder opens Redis to the network, or makes it forget its rules") {
  for (auto const* name : {"[a]", "[", "a?b", "*", "{x}", "a b \"q\" \\ 'z' #h", "a\nb", "--port 6379"}) {
    ScratchFolder const folder;
    auto const redis = started(folder.path / name, RedisDuty::journal);
    CHECK_THAT(asked(redis, "CONFIG GET port"), Contains("\r\n0\r\n"));
    CHECK_THAT(asked(redis, "CONFIG GET appendfsync"), Contains("always"));
    CHECK(std::filesystem::exists(folder.path / name / "journal/appendonlydir"));
  }
}

TEST_CASE("Ctrl+C in a terminal reaches the server alone, which drains before its Redis ends") {
  ScratchFolder const folder;
  auto const redis = started(folder.path, RedisDuty::presence);
  CHECK(::getpgid(redis.pid()) == redis.pid());
  CHECK(::getpgid(redis.pid()) != ::getpgrp());
}

TEST_CASE("a Redis that died is noticed, and started again with what it held") {
  ScratchFolder const folder;
  auto redis = started(folder.path, RedisDuty::journal);
  CHECK(asked(redis, "SET night 2026-11-21") == "+OK\r\n");
  Descriptor const end(redis.watch());
  REQUIRE(::kill(redis.pid(), SIGKILL) == 0);
  REQUIRE(becomes_readable(end.number()));

  REQUIRE(redis.start_again().has_value());
  Descriptor const next_end(redis.watch());
  while (!redis_answers(redis.socket())) {
    pollfd ended{next_end.number(), POLLIN, 0};
    REQUIRE(::poll(&ended, 1, 10) == 0);
  }
  CHECK_THAT(asked(redis, "GET night"), Contains("2026-11-21"));
}

TEST_CASE("why a Redis ended stands in its last words") {
  ScratchFolder const folder;
  auto redis = started(folder.path, RedisDuty::presence);
  Descriptor const end(redis.watch());
  ::kill(redis.pid(), SIGTERM);
  REQUIRE(becomes_readable(end.number()));
  auto const words = redis.last_words();
  REQUIRE(words.size() == 5);
  CHECK_THAT(words.back(), Contains("bye bye"));
}

TEST_CASE("when the server is killed its Redis ends too, and the next server takes over the folder") {
  ScratchFolder const folder;
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  auto const server = ::fork();
  REQUIRE(server >= 0);
  if (server == 0) {
    auto const redis = EmbeddedRedis::start(folder.path, RedisDuty::journal);
    auto const up = redis.has_value() ? 'y' : 'n';
    if (::write(pipe[1], &up, 1) == 1) ::pause();
    ::_exit(1);
  }
  char up = 0;
  REQUIRE(::read(pipe[0], &up, 1) == 1);
  REQUIRE(up == 'y');
  ::close(pipe[0]);
  ::close(pipe[1]);
  ::kill(server, SIGKILL);
  ::waitpid(server, nullptr, 0);

  auto const next = started(folder.path, RedisDuty::journal);
  CHECK(asked(next, "PING") == "+PONG\r\n");
}

TEST_CASE("without Redis on the machine the administrator reads which package to install") {
  ScratchFolder const folder;
  PathSetTo const nowhere(folder.path.string());
  auto const redis = EmbeddedRedis::start(folder.path, RedisDuty::journal);
  REQUIRE_FALSE(redis);
  CHECK_THAT(redis.error(), Contains("apt-get install redis-tools") && Contains("--redis-url"));
}

TEST_CASE("a data folder too deep for a unix socket is refused with its length") {
  ScratchFolder const folder;
  auto const redis = EmbeddedRedis::start(folder.path / std::string(100, 'd'), RedisDuty::journal);
  REQUIRE_FALSE(redis);
  CHECK_THAT(redis.error(), Contains("may have 106") && Contains("shorter --data-dir"));
  auto const room = longest_socket_path - folder.path.native().size() - std::strlen("//journal/redis.sock");
  REQUIRE_FALSE(EmbeddedRedis::start(folder.path / std::string(room, 'd'), RedisDuty::journal));
  CHECK(std::filesystem::is_empty(folder.path)); // the presence's would be a byte too long
}

TEST_CASE("a Redis that ends at its start shows the end of its log") {
  ScratchFolder const folder;
  std::filesystem::create_directories(folder.path / "journal/appendonlydir");
  folder.with("journal/appendonlydir/appendonly.aof.manifest", "file nonsense seq x type y\n");
  auto const redis = EmbeddedRedis::start(folder.path, RedisDuty::journal);
  REQUIRE_FALSE(redis);
  CHECK_THAT(redis.error(), Contains("ended at its start") && Contains("redis.log") && Contains("manifest"));
}

TEST_CASE("two servers do not share one data folder") {
  ScratchFolder const folder;
  {
    auto const first = lock_folder(folder.path / "data", "vigie.lock");
    REQUIRE(first);
    auto const second = lock_folder(folder.path / "data", "vigie.lock");
    REQUIRE_FALSE(second);
    CHECK_THAT(second.error(),
               Contains("is in use by another server (process " + std::to_string(::getpid()) + ")"));
  }
  CHECK(lock_folder(folder.path / "data", "vigie.lock").has_value());
  CHECK_FALSE(lock_folder("/proc/vigie", "vigie.lock").has_value());
}
