// vigie_bench_bare
//
// The least that a WebSocket++ server can be: accepts, shakes hands, and answers nothing.
#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

#include <iostream>

namespace {

/// As Vigie's own: without locks, without logs.
struct Config : websocketpp::config::asio {
  using type = Config;
  using concurrency_type = websocketpp::concurrency::none;
  static bool const enable_multithreading = false;

  struct transport_config : websocketpp::config::asio::transport_config {
    using concurrency_type = type::concurrency_type;
    using elog_type = type::elog_type;
    using alog_type = type::alog_type;
    using request_type = type::request_type;
    using response_type = type::response_type;
    using socket_type = websocketpp::transport::asio::basic_socket::endpoint;
    static bool const enable_multithreading = false;
  };
  using transport_type = websocketpp::transport::asio::endpoint<transport_config>;

  static std::size_t const connection_read_buffer_size = 2048;
};

} // namespace

int main() {
  websocketpp::server<Config> server;
  server.clear_access_channels(websocketpp::log::alevel::all);
  server.clear_error_channels(websocketpp::log::elevel::all);
  server.init_asio();
  server.set_reuse_addr(true);
  server.set_listen_backlog(asio::socket_base::max_listen_connections);
  server.set_tcp_pre_init_handler([&](websocketpp::connection_hdl const& connection) {
    asio::error_code ignored;
    server.get_con_from_hdl(connection)->get_raw_socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  });
  server.listen(asio::ip::tcp::endpoint{asio::ip::address_v4::loopback(), 0});
  server.start_accept();
  asio::error_code ignored;
  std::cout << "open at " << server.get_local_endpoint(ignored).port() << std::endl;
  server.run();
}
