#pragma once

#include "redis/client.hpp"

namespace vigie::redis {

/// Runs commands that block, one at a time, on a connection of its own, which is made when it is needed and
/// leads to the primary with one key, wherever that goes. All on one thread.
class Waiter {
 public:
  /// The client knows where the key is; it must be started.
  Waiter(asio::any_io_executor executor, std::shared_ptr<Client> client, std::string key);

  /// Runs a command on the key; it must be one that may be sent twice.
  asio::awaitable<Result<Reply, Failed>> run(Command command, std::chrono::milliseconds at_most);
  /// Lets a pending run() answer `disconnected`.
  void interrupt();

 private:
  asio::awaitable<Result<Reply, Failed>> ask(Command command, bool asking, std::chrono::milliseconds at_most);
  asio::awaitable<Result<void, Failed>> connect(Address place);
  asio::awaitable<void> pause();

  asio::any_io_executor executor_;
  std::shared_ptr<Client> client_;
  std::string key_;
  Backoff backoff_;
  Address place_; ///< where the connection leads
  std::shared_ptr<Connection> connection_;
  bool waiting_ = false; ///< also after a wait that was cancelled: Redis still holds that connection
};

} // namespace vigie::redis
