#pragma once

#include "redis/waiter.hpp"

/// Inner part of the room: waits at the end of the stream.
namespace vigie::journal {

/// Blocks on a stream, on a connection of its own.
class Tail {
 public:
  Tail(asio::any_io_executor executor, std::shared_ptr<redis::Client> client, std::string journal_key);

  /// The answer to XREAD after this version; nil when nothing came for that long.
  asio::awaitable<Result<redis::Reply, redis::Failed>> next(std::uint64_t version,
                                                            std::chrono::milliseconds at_most);

  /// Lets a pending next() answer nil.
  void interrupt();

 private:
  std::string journal_key_;
  redis::Waiter waiter_;
  int interruptions_ = 0;
};

} // namespace vigie::journal
