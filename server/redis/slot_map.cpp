#include "redis/slot_map.hpp"

#include <algorithm>
#include <utility>

namespace vigie::redis {
namespace {

/// Reads `[host, port, id, …]`.
std::optional<Address> node_in(Reply const& reply, Address const& asked) {
  auto const* parts = reply.as_array();
  if (!parts || parts->size() < 2) return std::nullopt;
  auto const* host = (*parts)[0].as_string();
  auto const port = (*parts)[1].as_integer();
  if (!port || (!host && !(*parts)[0].is_nil())) return std::nullopt;
  return neighbour(asked, host ? *host : std::string(), *port);
}

} // namespace

std::optional<Address> neighbour(Address const& asked, std::string const& host, std::int64_t port) {
  constexpr std::int64_t last_port = 65535;
  if (port < 1 || port > last_port) return std::nullopt;
  auto node = asked;
  if (!host.empty() && host != "?") node.host = host;
  node.port = static_cast<std::uint16_t>(port);
  return node;
}

SlotMap::SlotMap(Address only) : holders_{std::move(only)}, places_(slot_count, 0) {}

std::optional<SlotMap> SlotMap::read(Reply const& answer, Address const& asked) {
  auto const* ranges = answer.as_array();
  if (!ranges) return std::nullopt;
  SlotMap map;
  for (auto const& range : *ranges)
    if (auto const* parts = range.as_array(); !parts || !map.note(*parts, asked)) return std::nullopt;
  return map;
}

/// Reads `[first, last, holder, replica, …]`.
bool SlotMap::note(Reply::Array const& range, Address const& asked) {
  if (range.size() < 3) return false;
  auto const first = range[0].as_integer().value_or(-1);
  auto const last = range[1].as_integer().value_or(-1);
  auto const holder = node_in(range[2], asked);
  if (first < 0 || last < first || std::cmp_greater_equal(last, slot_count) || !holder) return false;
  std::fill(places_.begin() + first, places_.begin() + last + 1, place_of(*holder));
  for (auto replica = range.begin() + 3; replica != range.end(); ++replica)
    if (auto node = node_in(*replica, asked)) replicas_.push_back(std::move(*node));
  return true;
}

Address const* SlotMap::at(Slot slot) const {
  auto const place = places_[slot];
  return place == nobody ? nullptr : &holders_[place];
}

void SlotMap::move(Slot slot, Address const& node) { places_[slot] = place_of(node); }

bool SlotMap::whole() const { return std::ranges::find(places_, nobody) == places_.end(); }

SlotMap::Place SlotMap::place_of(Address const& node) {
  auto const known = std::ranges::find(holders_, node);
  auto const place = static_cast<Place>(known - holders_.begin());
  if (known == holders_.end()) holders_.push_back(node);
  return place;
}

} // namespace vigie::redis
