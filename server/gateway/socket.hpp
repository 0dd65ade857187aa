#pragma once

#include "protocol/frames.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace vigie::gateway {

/// A frame as it goes over the wire: encoded and framed once, shared by all who are sent it.
class Frame {
 public:
  explicit Frame(protocol::ServerFrame const& words);
  static Frame ping() { return Frame{"\x89", {}}; }
  /// Answers a ping with its payload of at most 125 bytes.
  static Frame pong(std::string const& payload) { return Frame{"\x8a", payload}; }

  /// Whether another frame is this one.
  bool is_shared() const { return framed_.use_count() > 1; }

  /// Head and payload.
  std::string const& framed() const { return *framed_; }

 private:
  Frame(std::string head, std::string const& payload);

  std::shared_ptr<std::string const> framed_;
};

/// When a frame leaves: with the end of the loop's turn, or, under load, with others a tick later. Frames of
/// one connection never overtake one another.
enum class Due { now, with_others };

/// One open WebSocket, as the conversation sees it. Nothing here throws, or calls back before it returns.
class Socket {
 public:
  virtual ~Socket() = default;
  /// Queues a frame; forgotten when the socket is closing.
  virtual void send(Frame const& frame, Due due) = 0;
  /// Bytes queued that the network has not begun to take.
  virtual std::size_t backlog() const = 0;
  /// Bytes queued that the network has not taken.
  virtual std::size_t unsent() const = 0;
  /// Whether something waits, and the network took nothing since this was asked before.
  virtual bool stalled() = 0;
  virtual void ping() = 0;
  /// Reads nothing until then but what has come already.
  virtual void rest_until(std::chrono::steady_clock::time_point moment) = 0;
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
  /// A ping, or the answer to one; tells whether a ping may be answered.
  virtual bool control() = 0;
  virtual void gone() = 0;
};

} // namespace vigie::gateway
