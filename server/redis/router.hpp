#pragma once

#include "redis/lookout.hpp"
#include "redis/nodes.hpp"
#include "redis/site.hpp"
#include "redis/slot_map.hpp"

/// Inner part of the room.
namespace vigie::redis {

/// What stands behind a Client: knows which node holds which slot, keeps connections to these nodes, and
/// leads commands there, also while slots and primaries move.
class Router : public std::enable_shared_from_this<Router> {
 public:
  using Self = std::shared_ptr<Router>;
  using Answers = Result<std::vector<Reply>, Failed>;

  static Self make(asio::any_io_executor executor, Site site, KeepAlive options);

  void on_change(OnChange told) { told_ = std::move(told); }
  void start();
  void halt();
  static asio::awaitable<void> stop(Self self);

  /// Every slot is held by a node that is up.
  bool up() const;
  static asio::awaitable<bool> until_up(Self self, std::chrono::milliseconds at_most);

  /// There is one node, and always the same.
  bool fixed() const { return site_.kind == Site::Kind::fixed; }
  /// The conversation with the one node, null while it is away.
  std::shared_ptr<Conversation> straight() const { return nodes_.conversation(site_.nodes.front()); }
  /// Why it is away.
  Failed absence() const { return nodes_.absence(site_.nodes.front()); }

  /// Runs commands of one slot, wherever that lies; an error only a right node would not give is not passed
  /// on, but led to the right one, until the time-out.
  static asio::awaitable<Answers> run_all(Self self, std::vector<Command> commands, Timeout timeout);

  /// As the functions of the same names in Client.
  Result<Address, Failed> home_of(std::string_view key) const;
  Result<Address, Failed> listening_post(Address const* present) const;

 private:
  struct Journey;

  Router(asio::any_io_executor executor, Site site, KeepAlive options);

  static asio::awaitable<Result<void, Failed>> visit(Self self, std::shared_ptr<Journey> journey);
  static asio::awaitable<Result<void, Failed>> turn(Self self, std::shared_ptr<Journey> journey);

  Lookout::Inquiry inquiry();
  std::vector<Address> informants() const;
  bool learn(Address const& asked, Reply const& answer);
  void adopt(SlotMap map);
  void look_again();
  void changed(Address const& node, bool up, std::string const& why);
  void reckon(std::string const& why);
  Result<Address, Failed> home(std::optional<Slot> slot) const;

  asio::any_io_executor executor_;
  Site site_;
  KeepAlive options_;
  SlotMap map_;
  Nodes nodes_;
  std::shared_ptr<Lookout> lookout_; ///< null where there is nothing to look out for
  OnChange told_;
  Bell up_rings_;
  bool told_up_ = false;
  bool halting_ = false;
};

} // namespace vigie::redis
