#pragma once

#include "redis/address.hpp"
#include "redis/failed.hpp"
#include "redis/reply.hpp"

#include <optional>
#include <vector>

/// Inner part of the room: what a node answers that is not, or not now, the right one. Such a command was not
/// carried out.
namespace vigie::redis {

/// Where a command is to go next.
struct Redirection {
  enum class Kind {
    moved,  ///< the node holds this slot now
    asking, ///< this once: the slot is on its way to the node
    later   ///< to the slot's holder, after a pause: nobody can carry it out at the moment
  };
  Kind kind;
  Address node; ///< for moved and asking
};

/// The redirection in a reply of the node `asked`; none where the command was carried out or refused for
/// good. Source: Redis cluster specification, "Redirection and resharding".
std::optional<Redirection> redirection_in(Reply const& reply, Address const& asked);

/// Commands that go together, and go again as often as nodes say that they are not the right one.
class Batch {
 public:
  explicit Batch(std::vector<Command> commands);

  /// The commands still to be carried out, in order; each after an ASKING where the node is to be told.
  std::vector<Command> outstanding(bool asking) const;
  /// Takes the replies of the node to what was outstanding. The first redirection says where the rest is to
  /// go; none when all is done.
  std::optional<Redirection> take(std::vector<Reply> replies, bool asking, Address const& node);
  /// All replies, in the order of the commands; to be called once all is done.
  std::vector<Reply> replies() && { return std::move(replies_); }

 private:
  std::vector<Command> commands_;
  std::vector<Reply> replies_;
  std::vector<std::size_t> open_; ///< places of the commands to be carried out
};

} // namespace vigie::redis
