#pragma once

#include "gateway/figures.hpp"
#include "gateway/http.hpp"
#include "gateway/options.hpp"
#include "gateway/socket.hpp"
#include "protocol/result.hpp"

#include <asio/io_context.hpp>

namespace vigie::gateway {

/// Who answers at the port. None of these may throw.
struct SocketDoors {
  HttpHandler http;
  /// Why a WebSocket may not open; none where it is welcome.
  std::function<std::optional<HttpResponse>(HttpRequest const&)> refusal;
  std::function<std::shared_ptr<SocketEvents>(std::shared_ptr<Socket>, HttpRequest const&)> opened;
  /// Runs a coroutine to its end, whoever stops meanwhile.
  std::function<void(asio::awaitable<void>)> spawn;
  /// Headers that every answer carries.
  std::vector<std::pair<std::string, std::string>> headers;
};

/// Accepts connections and speaks HTTP and WebSocket on them: one request, or one conversation, each.
class SocketServer {
 public:
  SocketServer(asio::io_context& io, Options const& options, SocketDoors doors, Figures& figures);
  ~SocketServer();

  /// Opens the port and begins to accept; tells which port it is, or why not.
  Result<std::uint16_t, std::string> listen();
  /// Accepts nobody any more.
  void close_port();
  /// Waits until every connection has gone, at most so long; then cuts what is left.
  asio::awaitable<void> drain(std::chrono::milliseconds at_most);

 private:
  struct Work;
  std::shared_ptr<Work> work_;
};

} // namespace vigie::gateway
