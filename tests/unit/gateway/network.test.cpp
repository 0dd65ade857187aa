#include "gateway/network.hpp"

#include <catch2/catch.hpp>

using vigie::gateway::network_of;

TEST_CASE("an IPv4 address is counted by itself, in whatever way it is written") {
  CHECK(network_of("192.0.2.7") == "192.0.2.7");
  CHECK(network_of("::ffff:192.0.2.7") == "192.0.2.7");
}

TEST_CASE("all addresses of one IPv6 line are counted as one") {
  CHECK(network_of("2001:db8:1:2::3") == network_of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  CHECK(network_of("2001:db8:1:2::3") != network_of("2001:db8:1:3::3"));
  CHECK(network_of("fe80::1%1") == network_of("fe80::2"));
}

TEST_CASE("what a proxy writes that is no address stays as it is") {
  CHECK(network_of("unknown") == "unknown");
  CHECK(network_of("").empty());
}
