#include "redis/address_parts.hpp"

#include <charconv>
#include <optional>

namespace vigie::redis {
namespace {

using Wrong = Failure<std::string>;

template <class Number> std::optional<Number> number_in(std::string_view text, Number least, Number most) {
  Number number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) return {};
  return number;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    auto const digits = text.substr(i + 1, 2);
    unsigned value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2) return {};
    decoded += static_cast<char>(value);
    i += 2;
  }
  return decoded;
}

} // namespace

Result<void, std::string> read_database(std::string_view text, Address& address) {
  auto const database = number_in<int>(text, 0, 65535);
  if (!database) return Wrong("the database after the address must be a number from 0 to 65535");
  address.database = *database;
  return {};
}

Result<void, std::string> read_sign_in(std::string_view text, Address& address) {
  auto const colon = text.find(':');
  auto const user = percent_decoded(text.substr(0, colon));
  auto const password =
      colon == text.npos ? std::optional<std::string>("") : percent_decoded(text.substr(colon + 1));
  if (!user || !password) return Wrong("user and password may hold % only before two hexadecimal digits");
  if (password->empty()) return Wrong("before the @ a password is needed, as in redis://:password@host");
  address.username = *user;
  address.password = *password;
  return {};
}

Result<void, std::string> read_host(std::string_view text, Address& address) {
  auto const bracket = text.starts_with('[') ? text.find(']') : 0;
  if (bracket == text.npos) return Wrong("the [ before the host is not closed");
  auto const colon = text.find(':', bracket);
  auto const host = text.substr(0, colon);
  address.host = bracket > 0 ? text.substr(1, bracket - 1) : host;
  if (address.host.empty()) return Wrong("the host is missing");
  if (bracket > 0 && host.size() != bracket + 1) return Wrong("after the ] only a port may follow");
  if (colon == text.npos) return {};
  auto const port = number_in<unsigned>(text.substr(colon + 1), 1, 65535);
  if (!port) return Wrong("the port must be a number from 1 to 65535");
  address.port = static_cast<std::uint16_t>(*port);
  return {};
}

Result<void, std::string> take_sign_in(std::string_view& text, Address& address) {
  auto const at = text.rfind('@');
  if (at == text.npos) return {};
  auto const read = read_sign_in(text.substr(0, at), address);
  text = text.substr(at + 1);
  return read;
}

namespace {

Result<Address, std::string> parse_tcp(std::string_view rest) {
  Address address;
  if (auto const slash = rest.find('/'); slash != rest.npos) {
    auto const database = rest.substr(slash + 1);
    rest = rest.substr(0, slash);
    if (!database.empty())
      if (auto read = read_database(database, address); !read) return Wrong(read.error());
  }
  if (auto read = take_sign_in(rest, address); !read) return Wrong(read.error());
  if (auto read = read_host(rest, address); !read) return Wrong(read.error());
  return address;
}

Result<Address, std::string> parse_unix(std::string_view rest) {
  Address address;
  if (rest.starts_with("//")) rest.remove_prefix(2);
  if (auto const query = rest.find('?'); query != rest.npos) {
    auto const option = rest.substr(query + 1);
    if (!option.starts_with("db=")) return Wrong("after the socket only ?db=number may follow");
    if (auto read = read_database(option.substr(3), address); !read) return Wrong(read.error());
    rest = rest.substr(0, query);
  }
  constexpr std::size_t longest_socket_path = 106; // hiredis 0.14 does not end one of 107
  if (!rest.starts_with('/')) return Wrong("the socket must be an absolute path, as in unix:/run/redis.sock");
  if (rest.size() > longest_socket_path) return Wrong("the socket's path is longer than 106 bytes");
  address.unix_socket = rest;
  return address;
}

} // namespace

std::string Address::name() const {
  if (!unix_socket.empty()) return "unix:" + unix_socket;
  auto const shown = host.find(':') == host.npos ? host : '[' + host + ']';
  return "redis://" + shown + ':' + std::to_string(port);
}

Result<Address, std::string> parse_address(std::string_view text) {
  if (text.find('\0') != text.npos) return Wrong("the address holds a zero byte");
  if (text.starts_with("redis://")) return parse_tcp(text.substr(8));
  if (text.starts_with("unix:")) return parse_unix(text.substr(5));
  if (text.starts_with("rediss://")) return Wrong("TLS towards Redis is not spoken; use redis:// or unix:");
  return Wrong("the address must begin with redis:// or unix:");
}

} // namespace vigie::redis
