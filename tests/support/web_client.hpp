#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// A client that does exactly what it is told, also what no good client would: plain bytes over TCP.
namespace vigie::testing {

/// An HTTP answer; header names in small letters.
struct WebAnswer {
  int status = 0;
  std::map<std::string, std::string> headers; ///< names in small letters; the first of each
  std::vector<std::string> cookies;           ///< of Set-Cookie, `name=value`
  std::string body;
};

/// Takes an answer apart; status 0 for what is none.
WebAnswer parse_answer(std::string const& text);

/// Sends these bytes and reads until the server closes.
asio::awaitable<WebAnswer> exchange(asio::io_context& io, std::uint16_t port, std::string bytes);

/// One WebSocket frame, as it goes over the wire.
struct WebFrame {
  static constexpr int text = 1, binary = 2, close = 8, ping = 9, pong = 10;
  int opcode = text;
  std::string payload;
  bool last = true;
};

/// The code of a close frame, 0 where it has none.
int close_code(WebFrame const& frame);

class WebClient {
 public:
  WebClient(asio::io_context& io, std::uint16_t port) : socket_(io), port_(port) {}

  /// Asks for a WebSocket with these further header lines, each ended by CRLF.
  asio::awaitable<WebAnswer> open(std::string target, std::string header_lines);
  /// Sends a frame, masked with zeros unless told otherwise.
  asio::awaitable<void> send(WebFrame frame, bool masked = true);
  asio::awaitable<void> send_bytes(std::string bytes);
  /// The next frame; none once the connection has ended. Pings are answered and closes confirmed, unless
  /// deaf.
  asio::awaitable<std::optional<WebFrame>> receive();

  bool deaf = false; ///< answers no ping and confirms no close
  asio::ip::tcp::socket& socket() { return socket_; }

 private:
  asio::awaitable<bool> read_until(std::size_t bytes);
  asio::awaitable<std::optional<WebFrame>> receive_any();

  asio::ip::tcp::socket socket_;
  std::uint16_t port_;
  std::string read_;
};

} // namespace vigie::testing
