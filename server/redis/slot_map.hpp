#pragma once

#include "redis/address.hpp"
#include "redis/reply.hpp"
#include "redis/slot.hpp"

#include <vector>

/// Inner part of the room.
namespace vigie::redis {

/// Which node holds which slot.
class SlotMap {
 public:
  /// Nothing is known yet.
  SlotMap() = default;
  /// One node holds all.
  explicit SlotMap(Address only);
  /// What `asked` answered to CLUSTER SLOTS, or none where that cannot be read. Its nodes are signed in to as
  /// to `asked`.
  static std::optional<SlotMap> read(Reply const& answer, Address const& asked);

  /// The node that holds the slot; null where none is known.
  Address const* at(Slot slot) const;
  /// From now on this node holds the slot.
  void move(Slot slot, Address const& node);

  /// The nodes that hold something.
  std::vector<Address> const& holders() const { return holders_; }
  /// Their replicas.
  std::vector<Address> const& replicas() const { return replicas_; }
  /// Every slot is held by a node.
  bool whole() const;

 private:
  using Place = std::uint16_t;
  static constexpr Place nobody = 0xffff;

  Place place_of(Address const& node);
  bool note(Reply::Array const& range, Address const& asked);

  std::vector<Address> holders_;
  std::vector<Address> replicas_;
  std::vector<Place> places_ = std::vector<Place>(slot_count, nobody);
};

/// What a node of a cluster calls another one; where it gives no host, it means its own.
std::optional<Address> neighbour(Address const& asked, std::string const& host, std::int64_t port);

} // namespace vigie::redis
