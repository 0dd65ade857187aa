#pragma once

#include "protocol/result.hpp"
#include "redis/address.hpp"
#include "redis/failed.hpp"
#include "redis/reply.hpp"

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

namespace vigie::redis {

class Conversation;

/// The limits of one connection.
struct Options {
  std::chrono::milliseconds connect_timeout{2000}; ///< name lookup, connecting and signing in together
  std::chrono::milliseconds command_timeout{
      2000};                                 ///< from sending to the last reply, unless a command has its own
  std::size_t max_pending = 65536;           ///< commands sent and not yet answered
  std::size_t max_unsent = 64 * 1024 * 1024; ///< bytes that the socket has not taken yet
  std::chrono::milliseconds gather{0};       ///< what follows so soon on what was sent leaves together
};

/// A time-out of one exchange, instead of Options::command_timeout; 1 ms to 24 h. A longer one than that adds
/// to the time of what is sent behind it, since Redis answers in order.
using Timeout = std::optional<std::chrono::milliseconds>;

/// One connection to one Redis, used once: connect, commands, close. Commands may be sent without waiting for
/// earlier answers. All on one thread. Whoever waits when it is closed or destroyed gets `disconnected`.
class Connection {
 public:
  Connection(asio::any_io_executor executor, Address address, Options options = {});
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  /// Connects, signs in, selects the database and makes sure that Redis answers. To be called once.
  asio::awaitable<Result<void, Failed>> connect();

  /// Sends one command and waits for its reply; an error that Redis answers is a Reply too. A command that is
  /// late closes the connection, since the order of replies is lost. Cancelling the wait leaves it open.
  asio::awaitable<Result<Reply, Failed>> run(Command command, Timeout timeout = {});

  /// Sends all commands at once and waits for all replies, which come in the same order. Either all are sent
  /// or none.
  asio::awaitable<Result<std::vector<Reply>, Failed>> run_all(std::vector<Command> commands,
                                                              Timeout timeout = {});

  /// Waits until the connection is lost or closed, or that long; tells whether it is still open.
  asio::awaitable<bool> still_open_after(std::chrono::milliseconds time);

  /// Closes at once; may be called at any time and more than once.
  void close();

  /// True from the end of a successful connect() until it is lost or closed.
  bool connected() const;

 private:
  std::shared_ptr<Conversation> conversation_;
};

} // namespace vigie::redis
