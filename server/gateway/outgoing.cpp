#include "gateway/outgoing.hpp"

#include <algorithm>
#include <numeric>

namespace vigie::gateway {
namespace {

constexpr std::size_t frames_a_call = 64;

std::size_t add_bytes(std::size_t sum, Frame const& frame) { return sum + frame.framed().size(); }

} // namespace

void Outgoing::board(WriteBatch& batch) {
  auto const count = std::min(frames_.size(), frames_a_call);
  for (std::size_t at = 0; at < count; ++at) {
    auto const bytes = std::string_view{frames_[at].framed()}.substr(at == 0 ? begun_ : 0);
    batch.piece(bytes);
    aboard_ += bytes.size();
  }
}

void Outgoing::written(std::size_t bytes) {
  stuck_ = bytes < std::exchange(aboard_, 0);
  moved_ = moved_ || bytes > 0;
  begun_ += bytes;
  auto first = frames_.begin();
  for (; first != frames_.end() && begun_ >= first->framed().size(); ++first)
    begun_ -= first->framed().size();
  frames_.erase(frames_.begin(), first);
}

std::size_t Outgoing::unsent() const {
  return std::accumulate(frames_.begin(), frames_.end(), std::size_t{0}, add_bytes) - begun_;
}

std::size_t Outgoing::backlog() const {
  if (!stuck_) return 0;
  auto const first = frames_.begin() + (begun_ > 0 ? 1 : 0);
  return std::accumulate(first, frames_.end(), std::size_t{0}, add_bytes);
}

} // namespace vigie::gateway
