#pragma once

#include "gateway/figures.hpp"
#include "gateway/options.hpp"
#include "gateway/socket.hpp"

#include <set>

namespace vigie::gateway {

/// What goes out to one client: everything in order, but of pictures only the newest. A client that reads too
/// slowly is closed for a resync, never waited for.
class Outbound {
 public:
  Outbound(std::shared_ptr<Socket> socket, Caps const& caps, Figures& figures);

  void put(Frame const& frame, Due due = Due::now);
  /// A picture, unless the client is behind: then it is owed the whole one.
  void picture(Frame const& frame, protocol::Picture const& picture);
  /// Whether it is owed a whole picture and can take it now.
  bool picture_due() const { return owed_ && open_ && socket_->backlog() <= caps_.behind_bytes; }
  /// Pays with all positions there are now.
  void whole_picture(protocol::Picture picture);

  void ping();
  /// Hears nothing until then but what has come already.
  void rest_until(std::chrono::steady_clock::time_point moment) { socket_->rest_until(moment); }
  /// Says goodbye, once.
  void close(protocol::CloseCode code, std::string_view reason);
  /// The socket is gone: nothing more goes out.
  void forget() { open_ = false; }
  bool open() const { return open_; }
  std::size_t backlog() const { return socket_->backlog(); }
  std::size_t unsent() const { return socket_->unsent(); }
  /// Cuts off a client that took nothing since this was asked before, though something waits for it.
  void drop_stalled();

 private:
  bool overflows();
  void resync();

  std::shared_ptr<Socket> socket_;
  Caps const& caps_;
  Figures& figures_;
  bool open_ = true;
  std::size_t frames_ = 0; ///< since nothing waited
  bool owed_ = false;
  std::set<protocol::TeamId> gone_; ///< from pictures it was not sent
};

} // namespace vigie::gateway
