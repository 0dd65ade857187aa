#pragma once

#include "redis/address.hpp"

#include <vector>

namespace vigie::redis {

/// Where a Redis is to be found: at one address, where Sentinels say that its primary is, or in a cluster.
struct Site {
  enum class Kind { fixed, sentinel, cluster };

  /// A Redis at one address is a site too. An Address may stand where a Site is asked for.
  Site(Address address);
  Site(Kind kind, std::vector<Address> nodes, std::string primary_name, Address pattern);

  Kind kind;
  std::vector<Address> nodes; ///< the Redis itself, the Sentinels, or the nodes of the cluster asked first
  std::string primary_name;   ///< what the Sentinels call the primary
  Address pattern;            ///< the user, password and database of every Redis found there

  /// How logs name it: never with its password.
  std::string name() const;
};

/// Reads what parse_address does, and
/// `redis-sentinel://[[user]:password@]sentinel[:26379],…/primary-name[/database]` or
/// `redis-cluster://[[user]:password@]node[:6379],…`. User and password are those of the Redis servers;
/// Sentinels are asked without. The error is a sentence saying what is wrong.
Result<Site, std::string> parse_site(std::string_view text);

} // namespace vigie::redis
