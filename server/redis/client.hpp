#pragma once

#include "redis/backoff.hpp"
#include "redis/connection.hpp"
#include "redis/script.hpp"

#include <functional>

namespace vigie::redis {

/// How a Client or a Subscriber keeps its connection.
struct KeepAlive {
  Options connection;
  Backoff::Bounds backoff;
  std::chrono::milliseconds heartbeat{2000}; ///< between two checks that Redis still answers
};

/// Told when the connection came up (true) or went down (false), with a sentence saying why.
using OnChange = std::function<void(bool up, std::string const& why)>;

/// Keeps one connection alive: reconnects with backoff, and answers `disconnected` at once while there is
/// none. All on one thread. Call start() once, and await stop() before the io_context ends; a Client
/// destroyed without stop() closes and ends its work in the next turns of the loop.
class Client {
 public:
  Client(asio::any_io_executor executor, Address address, KeepAlive options = {});
  ~Client();
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  /// Who is told of changes, outside any other call; replaces the earlier one. May stop or destroy the
  /// Client.
  void on_change(OnChange told);

  /// Begins to connect.
  void start();
  /// Closes the connection and waits until nothing of this client runs any more.
  asio::awaitable<void> stop();

  /// There is a connection, and Redis answered on it lately.
  bool up() const;
  /// Waits until there is a connection, at most that long; tells whether there is one.
  asio::awaitable<bool> until_up(std::chrono::milliseconds at_most);

  /// As Connection::run.
  asio::awaitable<Result<Reply, Failed>> run(Command command, Timeout timeout = {});
  /// As Connection::run_all.
  asio::awaitable<Result<std::vector<Reply>, Failed>> run_all(std::vector<Command> commands,
                                                              Timeout timeout = {});
  /// Runs a script by its digest where Redis knows it, else by its text.
  asio::awaitable<Result<Reply, Failed>> eval(Script script, std::vector<std::string> keys,
                                              std::vector<std::string> arguments, Timeout timeout = {});

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

} // namespace vigie::redis
