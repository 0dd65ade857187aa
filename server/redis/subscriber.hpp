#pragma once

#include "redis/client.hpp"

namespace vigie::redis {

/// Told of each message: the channel and the payload, any bytes.
using OnMessage = std::function<void(std::string const& channel, std::string const& payload)>;

/// Listens to channels on a connection of its own, and subscribes again after each reconnect. Messages
/// published meanwhile are lost, as always with Redis channels: OnChange tells when to catch up by other
/// means. Start and stop as with a Client.
class Subscriber {
 public:
  /// Listens at one Redis, or wherever it is told.
  Subscriber(asio::any_io_executor executor, Address address, OnMessage on_message, KeepAlive options = {});
  Subscriber(asio::any_io_executor executor, Whereabouts where, OnMessage on_message, KeepAlive options = {});
  ~Subscriber();
  Subscriber(Subscriber const&) = delete;
  Subscriber& operator=(Subscriber const&) = delete;

  /// Who is told of changes; "up" means that every channel asked for until then is subscribed.
  void on_change(OnChange told);

  /// Begins to connect.
  void start();
  /// Closes the connection and waits until nothing of this subscriber runs any more.
  asio::awaitable<void> stop();

  /// Listens to this channel from now on, and after every reconnect. Harmless when it does already.
  void subscribe(std::string channel);
  /// Stops listening to this channel; messages under way may still come.
  void unsubscribe(std::string const& channel);

  /// Every channel asked for before this call is subscribed, or that much time has passed; tells which.
  asio::awaitable<bool> until_listening(std::chrono::milliseconds at_most);

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

} // namespace vigie::redis
