#pragma once

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <websocketpp/transport/asio/security/none.hpp>

#include <chrono>
#include <memory>

/// A plain connection for WebSocket++ that can rest. Included by socket_config.hpp alone.
namespace vigie::gateway {

/// Reads from a socket, but for a while only what has come already: who sends more than can be looked at is
/// held up by its own network, and costs nothing meanwhile.
class RestingStream {
 public:
  using executor_type = asio::ip::tcp::socket::executor_type;
  using Moment = std::chrono::steady_clock::time_point;

  explicit RestingStream(asio::ip::tcp::socket& socket) : socket_(socket) {}
  executor_type get_executor() { return socket_.get_executor(); }

  void rest_until(Moment moment) { rests_until_ = moment; }

  template <class Buffers, class Handler> void async_read_some(Buffers const& buffers, Handler&& handler) {
    if (!rests()) return socket_.async_read_some(buffers, std::forward<Handler>(handler));
    auto kept = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
    rest_ = std::make_unique<asio::steady_timer>(get_executor(), rests_until_);
    rest_->async_wait([&socket = socket_, buffers, kept](asio::error_code const&) {
      socket.async_read_some(buffers, std::move(*kept));
    });
  }
  template <class Buffers, class Handler> void async_write_some(Buffers const& buffers, Handler&& handler) {
    socket_.async_write_some(buffers, std::forward<Handler>(handler));
  }

 private:
  bool rests() const {
    asio::error_code gone;
    return rests_until_ != Moment{} && std::chrono::steady_clock::now() < rests_until_ &&
           socket_.available(gone) == 0 && !gone;
  }

  asio::ip::tcp::socket& socket_;
  Moment rests_until_{};
  std::unique_ptr<asio::steady_timer> rest_;
};

namespace resting_socket {

namespace plain = websocketpp::transport::asio::basic_socket;

class connection : public plain::connection {
 public:
  RestingStream& get_socket() {
    if (!stream_) stream_ = std::make_unique<RestingStream>(get_raw_socket());
    return *stream_;
  }

 private:
  std::unique_ptr<RestingStream> stream_;
};

class endpoint : public plain::endpoint {
 public:
  using socket_con_type = connection;
  using socket_con_ptr = connection::ptr;
};

} // namespace resting_socket

} // namespace vigie::gateway
