#include "gateway/network.hpp"

#include <asio/ip/address.hpp>

#include <algorithm>

namespace vigie::gateway {
namespace {

constexpr std::size_t network_bytes = 8;

} // namespace

std::string network_of(std::string const& address) {
  asio::error_code no_address;
  auto const ip = asio::ip::make_address(address, no_address);
  if (no_address || ip.is_v4()) return address;
  if (ip.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, ip.to_v6()).to_string();
  auto bytes = ip.to_v6().to_bytes();
  std::fill(bytes.begin() + network_bytes, bytes.end(), std::uint8_t{0});
  return asio::ip::address_v6{bytes}.to_string() + "/64";
}

} // namespace vigie::gateway
