#pragma once

#include "redis/client.hpp"

namespace vigie::redis {

/// Who listens to a channel.
struct Listener {
  /// Told of each message, any bytes.
  std::function<void(std::string const& payload)> heard;
  /// Told true when messages begin to come, at first and after each reconnect: what was published before is
  /// to be caught up with by other means. Told false when the connection is lost.
  std::function<void(bool listens)> listens = [](bool) {};
};

/// Listens to channels on one connection of its own, for a whole process, and subscribes again after each
/// reconnect. Start and stop as with a Client.
class Subscriber {
 public:
  /// Listens at one Redis, or wherever it is told.
  Subscriber(asio::any_io_executor executor, Address address, KeepAlive options = {});
  Subscriber(asio::any_io_executor executor, Whereabouts where, KeepAlive options = {});
  ~Subscriber();
  Subscriber(Subscriber const&) = delete;
  Subscriber& operator=(Subscriber const&) = delete;

  /// Begins to connect.
  void start();
  /// Closes the connection and waits until nothing of this subscriber runs any more.
  asio::awaitable<void> stop();

  /// Listens to this channel from now on, and after every reconnect, in place of an earlier listener.
  void subscribe(std::string channel, Listener listener);
  /// Stops listening to this channel; messages under way may still come.
  void unsubscribe(std::string const& channel);

  /// Every channel asked for before this call is subscribed, or that much time has passed; tells which.
  asio::awaitable<bool> until_listening(std::chrono::milliseconds at_most);

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

} // namespace vigie::redis
