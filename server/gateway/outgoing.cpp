#include "gateway/outgoing.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

namespace vigie::gateway {
namespace {

constexpr std::size_t frames_a_call = 64; // as many as Asio hands to the system

std::size_t add_bytes(std::size_t sum, Frame const& frame) { return sum + frame.framed().size(); }

} // namespace

Outgoing::Written Outgoing::write(asio::ip::tcp::socket& socket) {
  std::array<asio::const_buffer, frames_a_call> room;
  for (stuck_ = false; !frames_.empty();) {
    auto const count = std::min(frames_.size(), room.size());
    for (std::size_t at = 0; at < count; ++at) room[at] = asio::buffer(frames_[at].framed());
    room[0] += begun_;
    asio::error_code failed;
    auto const taken = socket.write_some(std::span{room.data(), count}, failed);
    take_away(taken);
    stuck_ = failed == asio::error::would_block;
    if (stuck_) return Written::some;
    if (failed) return clear(), Written::failed;
  }
  return Written::all;
}

void Outgoing::take_away(std::size_t bytes) {
  begun_ += bytes;
  auto first = frames_.begin();
  for (; first != frames_.end() && begun_ >= first->framed().size(); ++first)
    begun_ -= first->framed().size();
  frames_.erase(frames_.begin(), first);
}

std::size_t Outgoing::backlog() const {
  if (!stuck_) return 0;
  auto const first = frames_.begin() + (begun_ > 0 ? 1 : 0);
  return std::accumulate(first, frames_.end(), std::size_t{0}, add_bytes);
}

} // namespace vigie::gateway
