#pragma once

#include "redis/connection.hpp"
#include "redis/link.hpp"

/// Inner part of the room.
namespace vigie::redis {

/// What stands behind a Connection. Coroutines that wait hold it, so a Connection may go while they wait.
class Conversation {
 public:
  Conversation(asio::any_io_executor executor, Address address, Options options);

  /// As the functions of the same names in Connection. What is to be run is sent before they return, awaited
  /// or not.
  static asio::awaitable<Result<void, Failed>> connect(std::shared_ptr<Conversation> self);
  static asio::awaitable<Result<Reply, Failed>> run(std::shared_ptr<Conversation> self,
                                                    Command const& command, Timeout timeout);
  static asio::awaitable<Result<std::vector<Reply>, Failed>>
  run_all(std::shared_ptr<Conversation> self, std::span<Command const> commands, Timeout timeout);
  static asio::awaitable<bool> still_open_after(std::shared_ptr<Conversation> self,
                                                std::chrono::milliseconds time);

  /// How long an exchange under way that was given more time than others may still take: what is sent behind
  /// it is answered after it.
  std::chrono::milliseconds held_up_for() const;

  void close(std::string why);
  bool ready() const { return ready_ && link_->state() == Link::State::connected; }
  std::string const& why_closed() const { return link_->why_closed(); }
  Address const& address() const { return address_; }
  Options const& options() const { return options_; }
  asio::any_io_executor const& executor() const { return executor_; }
  /// The link, for subscribing.
  Link& link() { return *link_; }

 private:
  using Instant = std::chrono::steady_clock::time_point;
  using Ips = std::vector<std::string>;
  using Self = std::shared_ptr<Conversation>;

  static asio::awaitable<Ips> look_up(Self self, Instant deadline);
  static asio::awaitable<void> reach(Self self, std::string ip, Instant deadline);
  static asio::awaitable<Result<void, Failed>> introduce(Self self, Instant deadline);
  /// What an exchange brings in the end: its replies, or why there are none.
  using Replies = Result<std::vector<Reply>, Failed>;

  static asio::awaitable<Replies> settle(Self self, std::shared_ptr<Exchange> exchange);
  static asio::awaitable<Result<Reply, Failed>> settle_one(Self self, std::shared_ptr<Exchange> exchange);

  Result<std::shared_ptr<Exchange>, Failed> begin(std::span<Command const> commands,
                                                  std::chrono::milliseconds timeout);
  void note_long(std::shared_ptr<Exchange> const& exchange, std::chrono::milliseconds at_most);
  Replies settled(Exchange& exchange, Passed passed);
  std::vector<Command> introduction() const;
  std::chrono::milliseconds left_until(Instant deadline) const;
  Failure<Failed> lost() const;

  asio::any_io_executor executor_;
  Address address_;
  Options options_;
  std::unique_ptr<Link> link_;
  std::weak_ptr<Gate> name_awaited_;
  std::weak_ptr<Exchange> last_long_; ///< that was given more time than others
  Instant held_up_until_;
  bool ready_ = false;
  bool closing_ = false;
};

} // namespace vigie::redis
