#pragma once

#include "redis/client.hpp"
#include "redis/conversation.hpp"

/// Inner part of the room: what Client and Subscriber share.
namespace vigie::redis {

/// Keeps a conversation with a Redis alive: connects, greets, checks at each heartbeat, and begins anew
/// with backoff when it was lost or is to be elsewhere.
class Keeper : public std::enable_shared_from_this<Keeper> {
 public:
  using Self = std::shared_ptr<Keeper>;
  using Step = std::function<asio::awaitable<Result<void, Failed>>(std::shared_ptr<Conversation>)>;
  struct Steps {
    Step greet; ///< after connecting, before the connection counts as up
    Step check; ///< at each heartbeat
  };

  /// `where` is asked before each attempt and at each heartbeat.
  Keeper(asio::any_io_executor executor, Whereabouts where, KeepAlive options, Steps steps);

  void on_change(OnChange told) { told_ = std::move(told); }
  void start();
  /// Closes and begins no new conversation.
  void halt();
  static asio::awaitable<void> stop(std::shared_ptr<Keeper> self);

  /// The conversation when it is up, else null.
  std::shared_ptr<Conversation> conversation() const;
  /// Why there is none.
  Failed absence() const;
  /// Waits until the first attempt to connect has ended, well or not.
  static asio::awaitable<void> until_tried(Self self, std::chrono::milliseconds at_most);
  /// Something of it still runs.
  bool running() const { return running_; }
  static asio::awaitable<bool> until_up(std::shared_ptr<Keeper> self, std::chrono::milliseconds at_most);

 private:
  static asio::awaitable<void> keep(Self self);
  static asio::awaitable<void> attempt(Self self);
  static asio::awaitable<void> watch_over(Self self, std::shared_ptr<Conversation> conversation);
  static asio::awaitable<void> pause(Self self);

  bool elsewhere() const;
  void fail(std::string why);
  void tried();
  void tell(bool up, std::string const& why);
  void ended(std::exception_ptr failure);

  asio::any_io_executor executor_;
  Whereabouts where_;
  Address address_; ///< of the present or last attempt
  KeepAlive options_;
  Steps steps_;
  Backoff backoff_;
  OnChange told_;
  std::shared_ptr<Conversation> conversation_;
  std::string why_down_ = "not connected yet";
  Bell up_rings_;
  Bell tried_rings_;
  Bell halt_rings_;
  Bell end_rings_;
  bool running_ = false;
  bool halting_ = false;
  bool up_ = false;
  bool tried_ = false;
};

} // namespace vigie::redis
