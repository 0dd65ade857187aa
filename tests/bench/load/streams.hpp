#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

/// The two brokers' own framing, which flows through WebSocket frames as a stream. `Stream::read` takes the
/// next bytes and calls `told` with each message; its text lives until the call returns.
namespace vigie::bench::mqtt {

enum class Kind { connected, subscribed, published, other };

struct Packet {
  Kind kind;
  std::string_view text;
};

/// Bytes of MQTT 3.1.1, without acknowledgement (QoS 0) and without keep-alive.
std::string connect(std::string_view client_id);
std::string subscribe(std::string_view topic);
std::string publish(std::string_view topic, std::string_view text);

class Stream {
 public:
  template <class Told> void read(std::string_view bytes, Told told) {
    if (!rest_.empty()) bytes = rest_.append(bytes);
    Packet packet{};
    while (auto const size = packet_at(bytes, packet)) {
      told(packet);
      bytes.remove_prefix(size);
    }
    rest_ = std::string{bytes};
  }

 private:
  /// Reads the first packet; its size in bytes, 0 when it is not all there.
  static std::size_t packet_at(std::string_view bytes, Packet& packet);
  std::string rest_;
};

} // namespace vigie::bench::mqtt

namespace vigie::bench::nats {

enum class Kind { ping, pong, published, other };

struct Message {
  Kind kind;
  std::string_view text;
};

class Stream {
 public:
  template <class Told> void read(std::string_view bytes, Told told) {
    if (!rest_.empty()) bytes = rest_.append(bytes);
    Message message{};
    while (auto const size = message_at(bytes, message)) {
      told(message);
      bytes.remove_prefix(size);
    }
    rest_ = std::string{bytes};
  }

 private:
  static std::size_t message_at(std::string_view bytes, Message& message);
  std::string rest_;
};

} // namespace vigie::bench::nats
