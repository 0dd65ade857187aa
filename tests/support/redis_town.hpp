#pragma once

#include "support/private_redis.hpp"

#include <cstdint>
#include <functional>
#include <memory>

/// Several private Redis servers that know each other, on free ports of the loopback.
namespace vigie::testing {

/// A free port whose neighbour 10,000 further, for the cluster's own talk, is free too.
std::uint16_t free_port();

/// What redis-cli prints for these words, said to the server at that port.
std::string redis_cli(std::uint16_t port, std::string const& words);

/// Looks every few milliseconds whether it holds; throws std::runtime_error after half a minute.
void wait_until(std::function<bool()> const& holds, std::string const& what);

/// One Redis server that listens at a port too.
struct TownRedis {
  explicit TownRedis(std::vector<std::string> more, std::string config = {});

  std::string cli(std::string const& words) const { return redis_cli(port, words); }

  std::uint16_t port;
  PrivateRedis server;
};

/// A cluster of three primaries, each with a replica, that notices a loss after half a second.
class PrivateCluster {
 public:
  PrivateCluster();

  /// Two of its nodes, as `redis-cluster://…`.
  std::string url() const;
  /// The node that holds the slot, by what it says itself.
  TownRedis& primary_of(unsigned slot);
  /// A primary that does not hold the slot.
  TownRedis& other_than(unsigned slot);
  /// The replica of that primary.
  TownRedis& replica_of(TownRedis const& primary);
  /// Every slot is held, and every primary has its replica again.
  void until_whole();
  /// The name a node has in the cluster.
  static std::string id_of(TownRedis const& node);

  std::vector<std::unique_ptr<TownRedis>> nodes;
};

/// A primary with two replicas, under three Sentinels that notice a loss after half a second.
class PrivateSentinels {
 public:
  PrivateSentinels();

  /// As `redis-sentinel://…/vigie`.
  std::string url() const;
  /// The server that the Sentinels name.
  TownRedis& primary();
  /// How many replicas follow a primary in step.
  static int in_step(TownRedis const& primary);

  std::vector<std::unique_ptr<TownRedis>> servers;
  std::vector<std::unique_ptr<TownRedis>> sentinels;
};

} // namespace vigie::testing
