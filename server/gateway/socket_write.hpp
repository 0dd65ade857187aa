#pragma once

#include "gateway/departures.hpp"

#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>

#include <cerrno>
#include <utility>

namespace vigie::gateway {

/// Something that WebSocket++ writes itself, such as the answer to a handshake. It leaves with the frames of
/// the turn: answers that leave together wake their readers once, and not each.
template <class Buffers, class Handler> class SocketWrite : public Departing {
 public:
  /// The handler keeps the socket and the bytes; it is called in a later turn of the loop.
  SocketWrite(asio::ip::tcp::socket& socket, Buffers const& buffers, Handler handler)
      : socket_(socket), buffers_(buffers), handler_(std::move(handler)) {}

  bool board(WriteBatch& batch) override {
    batch.socket(socket_.native_handle());
    auto const end = asio::buffer_sequence_end(buffers_);
    for (auto at = asio::buffer_sequence_begin(buffers_); at != end; ++at) {
      asio::const_buffer const piece{*at};
      batch.piece({static_cast<char const*>(piece.data()), piece.size()});
    }
    return true;
  }

  bool departed(int taken) override {
    if (taken == -EAGAIN)
      socket_.async_write_some(buffers_, std::move(handler_)); // waits for room
    else
      tell(taken);
    return false;
  }

 private:
  void tell(int taken) {
    asio::error_code const failed{std::max(-taken, 0), asio::error::get_system_category()};
    auto const bytes = static_cast<std::size_t>(std::max(taken, 0));
    asio::post(socket_.get_executor(), [handler = std::move(handler_), failed, bytes]() mutable {
      std::move(handler)(failed, bytes);
    });
  }

  asio::ip::tcp::socket& socket_;
  Buffers buffers_;
  Handler handler_;
};

} // namespace vigie::gateway
