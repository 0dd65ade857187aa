#include "gateway/outbound.hpp"

#include <algorithm>

namespace vigie::gateway {

using protocol::CloseCode;

Outbound::Outbound(std::shared_ptr<Socket> socket, Caps const& caps, Figures& figures)
    : socket_(std::move(socket)), caps_(caps), figures_(figures) {}

// What waits is looked at before the frame is added, so that one large whole always passes.
bool Outbound::overflows() {
  auto const waiting = socket_->backlog();
  frames_ = waiting == 0 ? 0 : frames_ + 1;
  return waiting > caps_.waiting_bytes || frames_ > caps_.waiting_frames;
}

void Outbound::put(Frame const& frame, Due due) {
  if (!open_) return;
  if (!overflows()) return socket_->send(frame, due);
  resync();
}

void Outbound::resync() {
  figures_.resync();
  close(CloseCode::resync, "You read too slowly: connect again");
}

void Outbound::drop_stalled() {
  if (open_ && socket_->stalled()) resync();
}

void Outbound::picture(Frame const& frame, protocol::Picture const& picture) {
  if (!open_) return;
  if (!owed_ && socket_->backlog() <= caps_.behind_bytes) return socket_->send(frame, Due::with_others);
  figures_.picture_dropped();
  owed_ = true;
  gone_.insert(picture.gone.begin(), picture.gone.end());
}

void Outbound::whole_picture(protocol::Picture picture) {
  for (auto const& position : picture.positions) gone_.erase(position.team);
  picture.gone.assign(gone_.begin(), gone_.end());
  gone_.clear();
  owed_ = false;
  put(Frame{std::move(picture)});
}

void Outbound::ping() {
  if (open_) socket_->ping();
}

void Outbound::close(CloseCode code, std::string_view reason) {
  if (std::exchange(open_, false)) socket_->close(code, reason);
}

} // namespace vigie::gateway
