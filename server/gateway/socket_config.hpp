#pragma once

#include "gateway/http.hpp"
#include "gateway/socket_resting.hpp"
#include "runtime/log.hpp"

#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

/// How WebSocket++ is built here: one thread, small buffers, no compression. Included by socket_*.cpp alone.
namespace vigie::gateway {

/// WebSocket++'s own words, for whoever debugs: broken connections are nothing unusual.
class WireLog {
 public:
  using Level = websocketpp::log::level;
  WireLog(Level, websocketpp::log::channel_type_hint::value) {}
  explicit WireLog(websocketpp::log::channel_type_hint::value) {}

  void set_channels(Level) {}
  void clear_channels(Level) {}
  void write(Level level, std::string const& message) { write(level, message.c_str()); }
  void write(Level level, char const* message) {
    if (static_test(level)) log::debug("gateway", message);
  }
  static constexpr bool static_test(Level level) {
    return (level & (websocketpp::log::elevel::fatal | websocketpp::log::elevel::library)) != 0;
  }
  bool dynamic_test(Level level) const { return static_test(level); }
};

/// A log that is never written.
class NoLog {
 public:
  using Level = websocketpp::log::level;
  NoLog(Level, websocketpp::log::channel_type_hint::value) {}
  explicit NoLog(websocketpp::log::channel_type_hint::value) {}

  void set_channels(Level) {}
  void clear_channels(Level) {}
  void write(Level, std::string const&) {}
  void write(Level, char const*) {}
  static constexpr bool static_test(Level) { return false; }
  bool dynamic_test(Level) const { return false; }
};

/// What WebSocket++ refuses of itself (too large, not HTTP, no handshake that it knows), as one of our
/// problems.
HttpResponse refusal_of(int status);

/// An answer on its way out. One that WebSocket++ made itself leaves as our problem, with our headers.
class WireResponse : public websocketpp::http::parser::response {
 public:
  std::string raw() const;
};

/// A request on its way in. WebSocket++ asks it the same over and over, and is answered without streams and
/// locales.
class WireRequest : public websocketpp::http::parser::request {
 public:
  /// A header's value, empty where it is not given.
  std::string const& get_header(std::string const& name) const;
  /// Whether the word stands somewhere in a header.
  bool tells(std::string const& name, std::string_view word) const;
  /// 0 where none is asked for, -1 where it is no number.
  int websocket_version() const;
};

struct WireConfig : websocketpp::config::asio {
  using type = WireConfig;
  using request_type = WireRequest;
  using response_type = WireResponse;
  using concurrency_type = websocketpp::concurrency::none;
  using elog_type = WireLog;
  using alog_type = NoLog;
  static bool const enable_multithreading = false;

  struct transport_config : websocketpp::config::asio::transport_config {
    using concurrency_type = type::concurrency_type;
    using elog_type = type::elog_type;
    using alog_type = type::alog_type;
    using request_type = type::request_type;
    using response_type = WireResponse;
    using socket_type = resting_socket::endpoint;
    static bool const enable_multithreading = false;
    // Nothing happens between accepting and reading that could take time.
    static long const timeout_socket_post_init = 0;
  };
  using transport_type = websocketpp::transport::asio::endpoint<transport_config>;

  static std::size_t const connection_read_buffer_size = 1024;
};

using Wire = websocketpp::server<WireConfig>;

} // namespace vigie::gateway

namespace websocketpp::processor {

template <> inline bool is_websocket_handshake(vigie::gateway::WireRequest& request) {
  return request.tells("Upgrade", constants::upgrade_token) &&
         request.tells("Connection", constants::connection_token);
}

/// WebSocket++ asks only for requests that are whole.
template <> inline int get_websocket_version(vigie::gateway::WireRequest& request) {
  return request.websocket_version();
}

} // namespace websocketpp::processor

/// Describes a handshake for a log that is never written (NoLog), and asks the system for the peer again.
template <> inline void websocketpp::connection<vigie::gateway::WireConfig>::log_open_result() {}
