#pragma once

#include "redis/backoff.hpp"
#include "redis/connection.hpp"
#include "redis/script.hpp"
#include "redis/site.hpp"

#include <functional>

namespace vigie::redis {

class Router;

/// How a Client or a Subscriber keeps its connection.
struct KeepAlive {
  Options connection;
  Backoff::Bounds backoff;
  std::chrono::milliseconds heartbeat{2000}; ///< between two checks that Redis still answers
};

/// Told when the connection came up (true) or went down (false), with a sentence saying why.
using OnChange = std::function<void(bool up, std::string const& why)>;

/// Says where to connect; given where one is connected now, says the same as long as that will do. The error
/// says why nowhere.
using Whereabouts = std::function<Result<Address, Failed>(Address const* present)>;

/// Speaks with the Redis of a site and keeps the connections alive: reconnects with backoff, and answers
/// `disconnected` at once while there is none. Behind Sentinels it follows the primary, in a cluster the
/// slots: a command that a node did not carry out because it was the wrong one goes to the right one. All on
/// one thread. Call start() once, and await stop() before the io_context ends; a Client destroyed without
/// stop() closes and ends its work in the next turns of the loop.
class Client {
 public:
  Client(asio::any_io_executor executor, Site site, KeepAlive options = {});
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

  /// There is a connection, and Redis answered on it lately. In a cluster: to the holder of every slot.
  bool up() const;
  /// Waits until it is up, at most that long; tells whether it is.
  asio::awaitable<bool> until_up(std::chrono::milliseconds at_most);

  /// As Connection::run. In a cluster it may take up to twice the time-out: once for finding the right node.
  asio::awaitable<Result<Reply, Failed>> run(Command command, Timeout timeout = {});
  /// As Connection::run_all. All keys must lie in one slot.
  asio::awaitable<Result<std::vector<Reply>, Failed>> run_all(std::vector<Command> commands,
                                                              Timeout timeout = {});
  /// Runs a script by its digest where Redis knows it, else by its text.
  asio::awaitable<Result<Reply, Failed>> eval(Script script, std::vector<std::string> keys,
                                              std::vector<std::string> arguments, Timeout timeout = {});

  /// Where the primary with this key is, as far as is known now.
  Result<Address, Failed> home_of(std::string const& key) const;
  /// Where a Subscriber of this site is to listen. May be used longer than the Client lives.
  Whereabouts listening_post() const;

 private:
  std::shared_ptr<Router> router_;
};

} // namespace vigie::redis
