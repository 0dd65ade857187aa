#include "redis/nodes.hpp"

#include <algorithm>
#include <utility>

namespace vigie::redis {
namespace {

/// A node that is on nobody's map, such as one to which a slot is just moving, is kept so long after it was
/// last asked for.
constexpr auto kept_for = std::chrono::seconds(30);

} // namespace

Nodes::Nodes(asio::any_io_executor executor, KeepAlive const& options, Keeper::Steps steps)
    : executor_(std::move(executor)), options_(options), steps_(std::move(steps)) {}

std::shared_ptr<Keeper> Nodes::at(Address const& node) {
  auto const now = std::chrono::steady_clock::now();
  auto known = std::ranges::find(nodes_, node, &Node::address);
  if (known == nodes_.end()) {
    nodes_.push_back({node, keeper_of(node), now});
    nodes_.back().keeper->start();
    return nodes_.back().keeper;
  }
  known->asked_for_at = now;
  return known->keeper;
}

std::shared_ptr<Keeper> Nodes::keeper_of(Address const& address) const {
  auto const there = [address](Address const*) { return Result<Address, Failed>(address); };
  auto keeper = std::make_shared<Keeper>(executor_, there, options_, steps_);
  keeper->on_change([told = told_, address](bool up, std::string const& why) { told(address, up, why); });
  return keeper;
}

std::shared_ptr<Conversation> Nodes::conversation(Address const& node) const {
  auto const known = std::ranges::find(nodes_, node, &Node::address);
  return known == nodes_.end() ? nullptr : known->keeper->conversation();
}

Failed Nodes::absence(Address const& node) const {
  auto const known = std::ranges::find(nodes_, node, &Node::address);
  if (known != nodes_.end()) return known->keeper->absence();
  return {Trouble::disconnected, node.name() + ": not connected yet"};
}

void Nodes::tidy(std::span<Address const> needed) {
  auto const oldest = std::chrono::steady_clock::now() - kept_for;
  auto const stays = [&](Node const& node) {
    return node.asked_for_at > oldest || std::ranges::find(needed, node.address) != needed.end();
  };
  auto const leaving = std::ranges::stable_partition(nodes_, stays);
  std::erase_if(leaving_, [](auto const& keeper) { return !keeper->running(); });
  for (auto const& node : leaving) {
    node.keeper->on_change({});
    node.keeper->halt();
    leaving_.push_back(node.keeper);
  }
  nodes_.erase(leaving.begin(), leaving.end());
}

void Nodes::halt() {
  for (auto const& node : nodes_) node.keeper->halt();
}

asio::awaitable<void> Nodes::ended() {
  auto keepers = leaving_;
  for (auto const& node : nodes_) keepers.push_back(node.keeper);
  for (auto const& keeper : keepers) co_await Keeper::stop(keeper);
}

} // namespace vigie::redis
