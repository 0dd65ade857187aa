#pragma once

#include "redis/client.hpp"
#include "redis/gate.hpp"

/// Inner part of the room.
namespace vigie::redis {

/// Asks, from time to time and whenever told to, those who know where things are: Sentinels, or the nodes of
/// a cluster. One answer that is of use is enough.
class Lookout : public std::enable_shared_from_this<Lookout> {
 public:
  using Self = std::shared_ptr<Lookout>;

  struct Inquiry {
    std::function<std::vector<Address>()> whom; ///< whom to ask, in turn
    Command question;
    std::function<bool(Address const& asked, Reply const& answer)> learn; ///< tells whether it was of use
    std::function<bool()> settled; ///< all is well: asking from time to time is enough
    std::chrono::milliseconds at_least_every{2000};
  };

  Lookout(asio::any_io_executor executor, KeepAlive const& options, Inquiry inquiry);

  void start();
  /// Asks again soon, though not more often than every few milliseconds.
  void look_again();
  /// Asks nobody any more.
  void halt();
  static asio::awaitable<void> stop(Self self);

  /// Why nothing was learned lately; empty when something was.
  std::string const& why_blind() const { return why_blind_; }

 private:
  static asio::awaitable<void> keep(Self self);
  static asio::awaitable<void> ask_around(Self self);
  static asio::awaitable<bool> ask(Self self, Address whom);
  static asio::awaitable<bool> connect(Self self, Address whom);
  static asio::awaitable<void> pause(Self self);

  std::vector<Address> in_turn() const;
  void ended(std::exception_ptr failure);

  asio::any_io_executor executor_;
  std::chrono::milliseconds heartbeat_;
  Options patience_;
  Inquiry inquiry_;
  Backoff backoff_;
  std::shared_ptr<Connection> connection_;
  Address asked_; ///< whom the connection leads to
  std::string why_blind_ = "nobody was asked yet";
  Bell rings_;
  Bell end_rings_;
  std::weak_ptr<Gate> calm_; ///< the short wait, while one is under way
  bool again_ = false;
  bool doubted_ = false; ///< somebody rang: what was learnt last may be wrong
  bool running_ = false;
  bool halting_ = false;
};

} // namespace vigie::redis
