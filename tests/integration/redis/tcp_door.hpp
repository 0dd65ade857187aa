#pragma once

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <array>
#include <filesystem>
#include <memory>

namespace vigie::testing {

/// A TCP port on loopback that leads to a unix socket.
class TcpDoor {
 public:
  TcpDoor(asio::io_context& loop, std::filesystem::path target)
      : loop_(loop), target_(std::move(target)), acceptor_(loop, {asio::ip::address_v4::loopback(), 0}) {
    asio::co_spawn(loop_, serve(), [](std::exception_ptr) {});
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  void close() { acceptor_.close(); }

 private:
  using Outside = std::shared_ptr<asio::ip::tcp::socket>;
  using Inside = std::shared_ptr<asio::local::stream_protocol::socket>;

  asio::awaitable<void> serve() {
    for (;;) {
      auto outside = std::make_shared<asio::ip::tcp::socket>(loop_);
      co_await acceptor_.async_accept(*outside, asio::use_awaitable);
      auto inside = std::make_shared<asio::local::stream_protocol::socket>(loop_);
      inside->connect(target_.string());
      asio::co_spawn(loop_, pass(outside, inside), [](std::exception_ptr) {});
      asio::co_spawn(loop_, pass(inside, outside), [](std::exception_ptr) {});
    }
  }

  /// Ends when either side is closed, and closes the other.
  template <class From, class To> static asio::awaitable<void> pass(From from, To to) {
    std::array<char, 4096> bytes{};
    asio::error_code ended;
    while (!ended) {
      auto const size = co_await from->async_read_some(asio::buffer(bytes),
                                                       asio::redirect_error(asio::use_awaitable, ended));
      if (!ended)
        co_await asio::async_write(*to, asio::buffer(bytes, size),
                                   asio::redirect_error(asio::use_awaitable, ended));
    }
    to->close();
  }

  asio::io_context& loop_;
  std::filesystem::path target_;
  asio::ip::tcp::acceptor acceptor_;
};

} // namespace vigie::testing
