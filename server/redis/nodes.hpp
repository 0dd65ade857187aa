#pragma once

#include "redis/keeper.hpp"

#include <span>

/// Inner part of the room.
namespace vigie::redis {

/// A kept connection to each of the nodes that are needed.
class Nodes {
 public:
  /// Told of each change of each connection, as OnChange.
  using Told = std::function<void(Address const& node, bool up, std::string const& why)>;

  Nodes(asio::any_io_executor executor, KeepAlive const& options, Keeper::Steps steps);
  /// To be called before the first at().
  void on_change(Told told) { told_ = std::move(told); }

  /// The keeper of this node's connection; begins to connect where there is none yet.
  std::shared_ptr<Keeper> at(Address const& node);
  /// The conversation with this node when it is up, else null.
  std::shared_ptr<Conversation> conversation(Address const& node) const;
  /// Why it is not.
  Failed absence(Address const& node) const;
  /// Lets go of the nodes that are not named here and that nobody has asked for lately.
  void tidy(std::span<Address const> needed);

  /// Closes all.
  void halt();
  /// Waits until nothing of any connection runs any more.
  asio::awaitable<void> ended();

 private:
  struct Node {
    Address address;
    std::shared_ptr<Keeper> keeper;
    std::chrono::steady_clock::time_point asked_for_at;
  };

  std::shared_ptr<Keeper> keeper_of(Address const& address) const;

  asio::any_io_executor executor_;
  KeepAlive options_;
  Keeper::Steps steps_;
  Told told_;
  std::vector<Node> nodes_; ///< a handful
  std::vector<std::shared_ptr<Keeper>> leaving_;
};

} // namespace vigie::redis
