#include "support/redis_town.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <random>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace vigie::testing {
namespace {

using namespace std::chrono_literals;

constexpr unsigned bus = 10'000;

bool is_free(unsigned port) {
  int const probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bool const free = ::bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  ::close(probe);
  return free;
}

std::string printed_by(std::string const& command) {
  std::string text;
  std::unique_ptr<FILE, int (*)(FILE*)> const output(::popen(command.c_str(), "r"), ::pclose);
  std::array<char, 4096> bytes{};
  while (auto const size = output ? std::fread(bytes.data(), 1, bytes.size(), output.get()) : 0)
    text.append(bytes.data(), size);
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string host_and_port(TownRedis const& node) { return "127.0.0.1:" + std::to_string(node.port); }

/// One server, `count` times.
std::vector<std::unique_ptr<TownRedis>> servers_with(int count, std::vector<std::string> const& more,
                                                     std::string const& config = {}) {
  std::vector<std::unique_ptr<TownRedis>> servers;
  servers.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) servers.push_back(std::make_unique<TownRedis>(more, config));
  return servers;
}

std::vector<std::string> at(std::uint16_t port, std::vector<std::string> more) {
  more.insert(more.end(), {"--port", std::to_string(port), "--bind", "127.0.0.1"});
  if (more.front() != "--sentinel") more.insert(more.end(), {"--repl-diskless-sync-delay", "0"});
  return more;
}

} // namespace

std::uint16_t free_port() {
  static std::mt19937 chance{std::random_device{}()};
  std::uniform_int_distribution<unsigned> any(15'000, 24'999);
  for (;;)
    if (auto const port = any(chance); is_free(port) && is_free(port + bus))
      return static_cast<std::uint16_t>(port);
}

void wait_until(std::function<bool()> const& holds, std::string const& what) {
  auto const end = std::chrono::steady_clock::now() + 30s;
  for (; !holds(); std::this_thread::sleep_for(20ms))
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("waited in vain until " + what);
}

std::string redis_cli(std::uint16_t port, std::string const& words) {
  return printed_by("redis-cli -p " + std::to_string(port) + " " + words + " 2>&1");
}

TownRedis::TownRedis(std::vector<std::string> more, std::string config)
    : port(free_port()),
      server({.durable = false, .more = at(port, std::move(more)), .config = std::move(config)}) {}

PrivateCluster::PrivateCluster()
    : nodes(servers_with(6, {"--cluster-enabled", "yes", "--cluster-node-timeout", "500",
                             "--cluster-replica-validity-factor", "0"})) {
  std::string all;
  for (auto const& node : nodes) all += host_and_port(*node) + " ";
  printed_by("redis-cli --cluster create " + all + "--cluster-replicas 1 --cluster-yes 2>&1");
  until_whole();
}

std::string PrivateCluster::url() const {
  return "redis-cluster://" + host_and_port(*nodes[0]) + "," + host_and_port(*nodes[1]);
}

std::string PrivateCluster::id_of(TownRedis const& node) { return node.cli("CLUSTER MYID"); }

TownRedis& PrivateCluster::primary_of(unsigned slot) {
  for (auto const& node : nodes) {
    if (node->server.pid() == 0) continue;
    std::istringstream lines(node->cli("CLUSTER NODES"));
    for (std::string line; std::getline(lines, line);) {
      if (line.find("myself,master") == line.npos) continue;
      std::istringstream words(line);
      std::string word;
      for (int i = 0; i < 8; ++i) words >> word;
      for (unsigned first = 0, last = 0; words >> word;)
        if (std::sscanf(word.c_str(), "%u-%u", &first, &last) >= 1 && word.front() != '[')
          if (slot >= first && slot <= std::max(first, last)) return *node;
    }
  }
  throw std::runtime_error("nobody holds slot " + std::to_string(slot));
}

TownRedis& PrivateCluster::other_than(unsigned slot) {
  constexpr unsigned third = 16384 / 3;
  auto& holder = primary_of(slot);
  for (unsigned other = 0; other < 3; ++other)
    if (auto& node = primary_of(other * third + 1); &node != &holder) return node;
  throw std::runtime_error("one node holds everything");
}

TownRedis& PrivateCluster::replica_of(TownRedis const& primary) {
  auto const answer = primary.cli("ROLE");
  for (auto const& node : nodes)
    if (answer.find(std::to_string(node->port)) != answer.npos) return *node;
  throw std::runtime_error("a primary has no replica: " + answer);
}

void PrivateCluster::until_whole() {
  wait_until(
      [&] {
        for (auto const& node : nodes) {
          if (node->cli("CLUSTER INFO").find("cluster_state:ok") == std::string::npos) return false;
          auto const replication = node->cli("INFO replication");
          bool const primary = replication.find("role:master") != std::string::npos;
          auto const in_step = primary ? "state=online" : "master_link_status:up";
          if (replication.find(in_step) == std::string::npos) return false;
        }
        return true;
      },
      "the cluster is whole");
}

PrivateSentinels::PrivateSentinels() : servers(servers_with(3, {"--min-replicas-to-write", "0"})) {
  auto const first = std::to_string(servers[0]->port);
  for (std::size_t i = 1; i < servers.size(); ++i) servers[i]->cli("REPLICAOF 127.0.0.1 " + first);
  wait_until([&] { return in_step(*servers[0]) == 2; }, "two replicas follow the primary");
  sentinels = servers_with(3, {"--sentinel"},
                           "sentinel monitor vigie 127.0.0.1 " + first +
                               " 2\n"
                               "sentinel down-after-milliseconds vigie 500\n"
                               "sentinel failover-timeout vigie 3000\n");
  wait_until(
      [&] {
        for (auto const& sentinel : sentinels)
          if (sentinel->cli("SENTINEL CKQUORUM vigie").find("OK 3") != 0) return false;
        return true;
      },
      "the Sentinels know each other");
}

std::string PrivateSentinels::url() const {
  std::string all;
  for (auto const& sentinel : sentinels) all += (all.empty() ? "" : ",") + host_and_port(*sentinel);
  return "redis-sentinel://" + all + "/vigie";
}

TownRedis& PrivateSentinels::primary() {
  auto const answer = sentinels.front()->cli("SENTINEL GET-MASTER-ADDR-BY-NAME vigie");
  for (auto const& server : servers)
    if (answer.ends_with("\n" + std::to_string(server->port))) return *server;
  throw std::runtime_error("the Sentinels name no server of ours: " + answer);
}

int PrivateSentinels::in_step(TownRedis const& primary) {
  auto const replication = primary.cli("INFO replication");
  int online = 0;
  for (auto at = replication.find("state=online"); at != replication.npos;
       at = replication.find("state=online", at + 1))
    ++online;
  return online;
}

} // namespace vigie::testing
