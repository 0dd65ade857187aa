#pragma once

#include "protocol/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::redis {

/// Where a Redis listens and how to sign in there. Either `unix_socket` is set, or `host` and `port`.
struct Address {
  std::string host;
  std::uint16_t port = 6379;
  std::string unix_socket;
  std::string username; ///< empty: the default user
  std::string password; ///< empty: no signing in
  int database = 0;

  /// How logs name it: never with its password.
  std::string name() const;
  bool operator==(Address const&) const = default;
};

/// Reads `redis://[[user]:password@]host[:port][/database]` or `unix:[//]/path/to/socket[?db=number]`; user
/// and password may be percent-encoded. TLS (`rediss:`) is not spoken. The error is a sentence saying what is
/// wrong.
Result<Address, std::string> parse_address(std::string_view text);

} // namespace vigie::redis
