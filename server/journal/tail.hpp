#pragma once

#include "redis/connection.hpp"

/// Inner part of the room: waits at the end of the stream.
namespace vigie::journal {

/// Blocks on a stream, on a connection of its own that is made when it is needed.
class Tail {
 public:
  Tail(asio::any_io_executor executor, redis::Address address, std::string journal_key);

  /// The answer to XREAD after this version; nil when nothing came for that long.
  asio::awaitable<Result<redis::Reply, redis::Failed>> next(std::uint64_t version,
                                                            std::chrono::milliseconds at_most);

  /// Lets a pending next() answer nil.
  void interrupt();

 private:
  asio::awaitable<Result<void, redis::Failed>> connect();
  asio::awaitable<Result<redis::Reply, redis::Failed>> ask(std::uint64_t version,
                                                           std::chrono::milliseconds at_most);

  asio::any_io_executor executor_;
  redis::Address address_;
  std::string journal_key_;
  std::shared_ptr<redis::Connection> connection_;
  int interruptions_ = 0;
  bool waiting_ = false; ///< also after a wait that was cancelled: Redis still holds that connection
};

} // namespace vigie::journal
