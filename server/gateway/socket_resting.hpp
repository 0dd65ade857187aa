#pragma once

#include "accounts/token_bucket.hpp"
#include "gateway/socket_write.hpp"

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <websocketpp/transport/asio/security/none.hpp>

#include <chrono>
#include <memory>
#include <optional>

/// A plain connection for WebSocket++ that can rest. Included by socket_config.hpp alone.
namespace vigie::gateway {

/// Reads from a socket, so often and no oftener; for a while, where it is told so, only what has come
/// already. Who sends more than can be looked at is held up by its own network, and costs nothing meanwhile.
/// What is written leaves with the departures.
class RestingStream {
 public:
  using executor_type = asio::ip::tcp::socket::executor_type;
  using Moment = std::chrono::steady_clock::time_point;

  explicit RestingStream(asio::ip::tcp::socket& socket) : socket_(socket) {}
  executor_type get_executor() { return socket_.get_executor(); }

  /// Must be told before anything is written.
  void write_with(Departures& departures) { departures_ = &departures; }
  void read_at(accounts::Rate rate) { reads_.emplace(rate, std::chrono::steady_clock::now()); }
  void rest_until(Moment moment) { rests_until_ = moment; }

  template <class Buffers, class Handler> void async_read_some(Buffers const& buffers, Handler&& handler) {
    auto const now = std::chrono::steady_clock::now();
    auto const due = next_read(now);
    if (due <= now) return socket_.async_read_some(buffers, std::forward<Handler>(handler));
    auto kept = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
    rest_ = std::make_unique<asio::steady_timer>(get_executor(), due);
    rest_->async_wait([&socket = socket_, buffers, kept](asio::error_code const&) {
      socket.async_read_some(buffers, std::move(*kept));
    });
  }
  template <class Buffers, class Handler> void async_write_some(Buffers const& buffers, Handler&& handler) {
    using Write = SocketWrite<Buffers, std::decay_t<Handler>>;
    departures_->add(std::make_shared<Write>(socket_, buffers, std::forward<Handler>(handler)), Due::now);
  }

 private:
  Moment next_read(Moment now) {
    if (reads_ && !reads_->take(now)) return now + reads_->until_next();
    asio::error_code gone;
    bool const rests = now < rests_until_ && socket_.available(gone) == 0 && !gone;
    return rests ? rests_until_ : now;
  }

  asio::ip::tcp::socket& socket_;
  Departures* departures_ = nullptr;
  std::optional<accounts::TokenBucket> reads_;
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
