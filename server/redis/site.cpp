#include "redis/site.hpp"

#include "redis/address_parts.hpp"

#include <utility>

namespace vigie::redis {
namespace {

using Wrong = Failure<std::string>;

constexpr std::string_view sentinel_scheme = "redis-sentinel://";
constexpr std::string_view cluster_scheme = "redis-cluster://";
constexpr std::uint16_t sentinel_port = 26379;

/// Reads `host[:port],host[:port]…`.
Result<std::vector<Address>, std::string> read_hosts(std::string_view text, std::uint16_t usual_port) {
  std::vector<Address> hosts;
  for (bool more = true; more;) {
    auto const comma = text.find(',');
    auto& host = hosts.emplace_back();
    host.port = usual_port;
    if (auto const read = read_host(text.substr(0, comma), host); !read) return Wrong(read.error());
    more = comma != text.npos;
    if (more) text.remove_prefix(comma + 1);
  }
  return hosts;
}

std::string names_of(std::vector<Address> const& nodes) {
  std::string names;
  for (auto const& node : nodes)
    names += (names.empty() ? "" : ",") + node.name().substr(std::string_view("redis://").size());
  return names;
}

Result<Site, std::string> parse_sentinel(std::string_view rest) {
  Address pattern;
  if (auto const read = take_sign_in(rest, pattern); !read) return Wrong(read.error());
  auto const slash = rest.find('/');
  auto name = slash == rest.npos ? std::string_view() : rest.substr(slash + 1);
  if (auto const second = name.find('/'); second != name.npos) {
    if (auto const read = read_database(name.substr(second + 1), pattern); !read) return Wrong(read.error());
    name = name.substr(0, second);
  }
  if (name.empty())
    return Wrong(
        "after the Sentinels their name of the primary is needed, as in redis-sentinel://host/vigie");
  auto sentinels = read_hosts(rest.substr(0, slash), sentinel_port);
  if (!sentinels) return Wrong(sentinels.error());
  return Site(Site::Kind::sentinel, std::move(*sentinels), std::string(name), std::move(pattern));
}

Result<Site, std::string> parse_cluster(std::string_view rest) {
  Address pattern;
  if (auto const read = take_sign_in(rest, pattern); !read) return Wrong(read.error());
  if (auto const slash = rest.find('/'); slash != rest.npos) {
    if (slash + 1 < rest.size()) return Wrong("a cluster has no databases; nothing may follow its nodes");
    rest = rest.substr(0, slash);
  }
  auto nodes = read_hosts(rest, pattern.port);
  if (!nodes) return Wrong(nodes.error());
  for (auto& node : *nodes) {
    node.username = pattern.username;
    node.password = pattern.password;
  }
  return Site(Site::Kind::cluster, std::move(*nodes), {}, std::move(pattern));
}

} // namespace

Site::Site(Address address) : kind(Kind::fixed), nodes{address}, pattern(std::move(address)) {}

Site::Site(Kind of_kind, std::vector<Address> some_nodes, std::string name_of_primary, Address like)
    : kind(of_kind), nodes(std::move(some_nodes)), primary_name(std::move(name_of_primary)),
      pattern(std::move(like)) {}

std::string Site::name() const {
  switch (kind) {
  case Kind::fixed: return nodes.front().name();
  case Kind::sentinel: return std::string(sentinel_scheme) + names_of(nodes) + '/' + primary_name;
  case Kind::cluster: return std::string(cluster_scheme) + names_of(nodes);
  }
  return {};
}

Result<Site, std::string> parse_site(std::string_view text) {
  if (text.find('\0') != text.npos) return Wrong("the address holds a zero byte");
  if (text.starts_with(sentinel_scheme)) return parse_sentinel(text.substr(sentinel_scheme.size()));
  if (text.starts_with(cluster_scheme)) return parse_cluster(text.substr(cluster_scheme.size()));
  auto address = parse_address(text);
  if (!address) return Wrong(address.error());
  return Site(std::move(*address));
}

} // namespace vigie::redis
