#pragma once

#include "gateway/socket.hpp"

#include <asio/ip/tcp.hpp>

#include <vector>

namespace vigie::gateway {

/// Frames on their way out of one connection, written together: as many as there are in one call.
class Outgoing {
 public:
  enum class Written { all, some, failed };

  void put(Frame frame) { frames_.push_back(std::move(frame)); }
  /// Writes what the system takes now; the socket must be non-blocking.
  Written write(asio::ip::tcp::socket& socket);
  void clear() { *this = {}; }

  /// Bytes of the frames that the system did not take when it was asked, nor began to.
  std::size_t backlog() const;

 private:
  void take_away(std::size_t bytes);

  std::vector<Frame> frames_;
  std::size_t begun_ = 0; ///< bytes of the first frame that are written
  bool stuck_ = false;    ///< the system took less than there was
};

} // namespace vigie::gateway
