#pragma once

#include "engine/signal.hpp"
#include "redis/waiter.hpp"

/// Inner part of the room: waits at the end of the stream.
namespace vigie::journal {

/// Blocks on a stream, on a connection of its own.
class Tail {
 public:
  Tail(asio::any_io_executor executor, std::shared_ptr<redis::Client> client, std::string journal_key);

  /// Notes that this process appends just now.
  void appends() { quiet_from_ = std::chrono::steady_clock::now() + quiet_after; }
  /// Waits while this process appends one commit after the other, for half a second at the longest: what
  /// others append then shows as a conflict, and a tail would only bring home what came from here. Tells
  /// whether to go on, that is, whether nobody interrupted.
  asio::awaitable<bool> until_quiet();

  /// The answer to XREAD after this version; nil when nothing came for that long.
  asio::awaitable<Result<redis::Reply, redis::Failed>> next(std::uint64_t version,
                                                            std::chrono::milliseconds at_most);

  /// Lets a pending next() answer nil, and until_quiet() end.
  void interrupt();

 private:
  /// So late, at the most, does a process that appends notice what others append.
  static constexpr std::chrono::milliseconds quiet_after{25};

  std::string journal_key_;
  redis::Waiter waiter_;
  engine::Signal rest_;
  std::chrono::steady_clock::time_point quiet_from_{};
  int interruptions_ = 0;
};

} // namespace vigie::journal
