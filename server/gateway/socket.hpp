#pragma once

#include "protocol/frames.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace vigie::gateway {

/// A text frame as it goes over the wire: encoded and framed once, shared by all who are sent it.
class Frame {
 public:
  explicit Frame(protocol::ServerFrame const& words);

  std::size_t bytes() const { return bytes_; }
  /// For the socket alone.
  std::shared_ptr<void> const& framed() const { return framed_; }

 private:
  std::size_t bytes_;
  std::shared_ptr<void> framed_;
};

/// One open WebSocket, as the conversation sees it. Nothing here throws, or calls back before it returns.
class Socket {
 public:
  virtual ~Socket() = default;
  /// Queues a frame; forgotten when the socket is closing.
  virtual void send(Frame const& frame) = 0;
  /// Bytes queued that the network has not begun to take.
  virtual std::size_t backlog() const = 0;
  virtual void ping() = 0;
  /// Sends what is queued, then says goodbye.
  virtual void close(protocol::CloseCode code, std::string_view reason) = 0;
};

/// What a WebSocket tells of itself. After gone nothing more comes.
class SocketEvents {
 public:
  virtual ~SocketEvents() = default;
  virtual void text(std::string const& payload) = 0;
  /// A frame that is not text.
  virtual void binary() = 0;
  /// Anything at all was heard.
  virtual void alive() = 0;
  virtual void gone() = 0;
};

} // namespace vigie::gateway
