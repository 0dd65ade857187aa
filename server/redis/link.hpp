#pragma once

#include "redis/failed.hpp"
#include "redis/gate.hpp"
#include "redis/reply.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <span>

struct redisAsyncContext;
struct redisReply;

/// Inner part of the room: one hiredis context, from its making to its end.
namespace vigie::redis {

class Watch;

/// Commands sent together and the replies to them.
struct Exchange {
  Exchange(asio::any_io_executor const& executor, std::chrono::milliseconds at_most, std::size_t commands)
      : answered(std::make_shared<Gate>(executor, at_most)), awaited(commands) {
    replies.reserve(commands);
  }

  std::shared_ptr<Gate> answered; ///< opens with the last reply, or when none can come any more
  std::size_t awaited;
  std::vector<Reply> replies;

  bool complete() const { return replies.size() == awaited; }
};

/// What comes on a subscribed connection: `message`, `subscribe` or `unsubscribe`, with channel and payload.
struct Notice {
  std::string kind;
  std::string channel;
  std::string payload;
};

/// One hiredis context and what waits on it. hiredis is never called from within its own callbacks: these
/// only note what came, and whoever waits goes on in a later turn of the loop.
class Link {
 public:
  enum class State { idle, connecting, connected, closed };

  /// What follows within `gather` on what was sent leaves together.
  Link(asio::any_io_executor executor, std::chrono::milliseconds gather);
  ~Link();
  Link(Link const&) = delete;
  Link& operator=(Link const&) = delete;

  /// Begin to connect; the link is closed at once where that fails at once.
  void open_unix(std::string const& path);
  void open_tcp(std::string const& ip, std::uint16_t port);
  /// Closes and notes why, unless it is closed already. Exchanges in flight end incomplete.
  void close(std::string why);

  State state() const { return state_; }
  std::string const& why_closed() const { return why_closed_; }
  /// Rings when the state changes.
  Bell& changed() { return changed_; }

  /// Sends these commands in one go. The link must be connected.
  void send(std::span<Command const> commands, std::shared_ptr<Exchange> exchange);
  /// Sends SUBSCRIBE or UNSUBSCRIBE; what comes then goes to `on_notice`, outside of hiredis. From the first
  /// SUBSCRIBE on, no other command may be sent.
  void send_subscription(Command const& command);
  std::function<void(Notice const&)> on_notice;

  std::size_t pending() const { return pending_; }
  std::size_t unsent() const;

 private:
  struct Callbacks;

  void adopt(redisAsyncContext* context);
  void connected(bool well);
  void gone();
  void take(redisReply const& reply);
  void deliver();
  bool append(Command const& command, void (*callback)(redisAsyncContext*, void*, void*));

  asio::any_io_executor executor_;
  std::chrono::milliseconds gather_;
  redisAsyncContext* context_ = nullptr;
  Watch* watch_ = nullptr;
  State state_ = State::idle;
  std::string why_closed_;
  Bell changed_;
  std::deque<std::shared_ptr<Exchange>> in_flight_;
  std::size_t pending_ = 0;
  std::vector<Notice> inbox_;
};

} // namespace vigie::redis
