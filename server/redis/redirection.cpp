#include "redis/redirection.hpp"

#include "redis/slot_map.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <utility>

namespace vigie::redis {
namespace {

/// Keys of one command are on two nodes (TRYAGAIN); the cluster, the node or its primary is not ready; a
/// replica refuses to write (READONLY).
constexpr std::array for_later{"TRYAGAIN", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "READONLY"};

/// Reads `MOVED slot host:port`.
std::optional<Address> target_in(std::string const& text, Address const& asked) {
  auto const space = text.rfind(' ');
  auto const colon = text.rfind(':');
  if (space == text.npos || colon == text.npos || colon < space) return std::nullopt;
  std::int64_t port = 0;
  std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
  return neighbour(asked, text.substr(space + 1, colon - space - 1), port);
}

/// WAIT asks about the command before it and goes where that goes, never alone: another node would count
/// replicas that do not hold it.
bool belongs_to_earlier(Command const& command) { return !command.empty() && command.front() == "WAIT"; }

} // namespace

std::optional<Redirection> redirection_in(Reply const& reply, Address const& asked) {
  if (!reply.error()) return std::nullopt;
  bool const moved = reply.is_error("MOVED");
  if (moved || reply.is_error("ASK")) {
    auto target = target_in(*reply.error(), asked);
    if (!target) return std::nullopt;
    return Redirection{moved ? Redirection::Kind::moved : Redirection::Kind::asking, std::move(*target)};
  }
  auto const matches = [&](char const* word) { return reply.is_error(word); };
  if (std::ranges::any_of(for_later, matches)) return Redirection{Redirection::Kind::later, {}};
  return std::nullopt;
}

Batch::Batch(std::vector<Command> commands)
    : commands_(std::move(commands)), replies_(commands_.size()), open_(commands_.size()) {
  std::iota(open_.begin(), open_.end(), std::size_t{0});
}

std::vector<Command> Batch::outstanding(bool asking) const {
  std::vector<Command> commands;
  commands.reserve(open_.size() * (asking ? 2 : 1));
  for (auto const place : open_) {
    if (asking) commands.push_back({"ASKING"});
    commands.push_back(commands_[place]);
  }
  return commands;
}

std::optional<Redirection> Batch::take(std::vector<Reply> replies, bool asking, Address const& node) {
  std::optional<Redirection> first;
  std::vector<std::size_t> again;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    auto& reply = replies[asking ? 2 * i + 1 : i];
    auto const place = open_[i];
    bool const waits = belongs_to_earlier(commands_[place]);
    bool const follows = waits && !again.empty() && again.back() + 1 == place;
    auto redirection = waits ? std::nullopt : redirection_in(reply, node);
    if (redirection || follows)
      again.push_back(place);
    else
      replies_[place] = std::move(reply);
    if (!first) first = std::move(redirection);
  }
  open_ = std::move(again);
  return first;
}

} // namespace vigie::redis
