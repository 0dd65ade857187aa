// vigie_bench_bare
//
// The least that a WebSocket++ server can be: accepts, shakes hands, and answers nothing.
#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

#include <iostream>

namespace {

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

/// What Vigie sets: no locks, no logs, a read buffer of 1 KiB, no timer between accepting and reading.
/// Requests are read as WebSocket++ reads them itself.
struct Config : websocketpp::config::asio {
  using type = Config;
  using concurrency_type = websocketpp::concurrency::none;
  using elog_type = NoLog;
  using alog_type = NoLog;
  static bool const enable_multithreading = false;

  struct transport_config : websocketpp::config::asio::transport_config {
    using concurrency_type = type::concurrency_type;
    using elog_type = type::elog_type;
    using alog_type = type::alog_type;
    using request_type = type::request_type;
    using response_type = type::response_type;
    using socket_type = websocketpp::transport::asio::basic_socket::endpoint;
    static bool const enable_multithreading = false;
    static long const timeout_socket_post_init = 0;
  };
  using transport_type = websocketpp::transport::asio::endpoint<transport_config>;

  static std::size_t const connection_read_buffer_size = 1024;
};

} // namespace

/// Describes a handshake for a log that is never written, and asks the system for the peer again.
template <> inline void websocketpp::connection<Config>::log_open_result() {}

int main() {
  websocketpp::server<Config> server;
  server.init_asio();
  server.set_user_agent("");
  server.set_open_handshake_timeout(10'000); // milliseconds, as the next
  server.set_close_handshake_timeout(3000);
  server.set_reuse_addr(true);
  server.set_listen_backlog(asio::socket_base::max_listen_connections);
  // What is accepted has these two from the port.
  server.set_tcp_pre_bind_handler([](std::shared_ptr<asio::ip::tcp::acceptor> const& port) {
    asio::error_code failed;
    port->set_option(asio::ip::tcp::no_delay(true), failed);
    if (!failed) port->set_option(asio::ip::tcp::socket::send_buffer_size(256 * 1024), failed);
    return failed;
  });
  server.listen(asio::ip::tcp::endpoint{asio::ip::address_v4::loopback(), 0});
  server.start_accept();
  asio::error_code ignored;
  std::cout << "open at " << server.get_local_endpoint(ignored).port() << std::endl;
  server.run();
}
