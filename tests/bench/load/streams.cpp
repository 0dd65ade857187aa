#include "bench/load/streams.hpp"

namespace vigie::bench::mqtt {
namespace {

constexpr char connect_packet = 0x10, publish_packet = 0x30;
constexpr auto subscribe_packet = static_cast<char>(0x82);

std::string counted(std::string_view text) {
  std::string bytes{static_cast<char>(text.size() >> 8), static_cast<char>(text.size())};
  return bytes.append(text);
}

std::string packet_of(char kind, std::string_view body) {
  std::string packet{kind};
  std::size_t left = body.size();
  do {
    packet += static_cast<char>((left & 127) | (left > 127 ? 128 : 0));
    left >>= 7;
  } while (left > 0);
  return packet.append(body);
}

Kind kind_of(char first) {
  switch (static_cast<unsigned char>(first) >> 4) {
  case 2: return Kind::connected;
  case 3: return Kind::published;
  case 9: return Kind::subscribed;
  default: return Kind::other;
  }
}

} // namespace

std::string connect(std::string_view client_id) {
  using namespace std::string_literals;
  return packet_of(connect_packet, counted("MQTT") + "\4\2\0\0"s + counted(client_id));
}

std::string subscribe(std::string_view topic) {
  using namespace std::string_literals;
  return packet_of(subscribe_packet, "\0\1"s + counted(topic) + "\0"s);
}

std::string publish(std::string_view topic, std::string_view text) {
  return packet_of(publish_packet, counted(topic).append(text));
}

std::size_t Stream::packet_at(std::string_view bytes, Packet& packet) {
  std::size_t size = 0, at = 1;
  for (int shift = 0;; shift += 7) {
    if (at >= bytes.size()) return 0;
    auto const digit = static_cast<unsigned char>(bytes[at++]);
    size |= static_cast<std::size_t>(digit & 127) << shift;
    if (digit < 128) break;
  }
  if (bytes.size() < at + size) return 0;
  packet = {kind_of(bytes[0]), bytes.substr(at, size)};
  if (packet.kind == Kind::published) {
    auto const topic =
        static_cast<unsigned char>(packet.text[0]) * 256U + static_cast<unsigned char>(packet.text[1]);
    packet.text.remove_prefix(2 + topic);
  }
  return at + size;
}

} // namespace vigie::bench::mqtt

namespace vigie::bench::nats {

std::size_t Stream::message_at(std::string_view bytes, Message& message) {
  auto const end = bytes.find("\r\n");
  if (end == std::string_view::npos) return 0;
  auto const line = bytes.substr(0, end);
  message = {line == "PING" ? Kind::ping : line == "PONG" ? Kind::pong : Kind::other, {}};
  if (!line.starts_with("MSG ")) return end + 2;
  std::size_t size = 0;
  auto const last = line.substr(line.rfind(' ') + 1);
  std::from_chars(last.data(), last.data() + last.size(), size);
  if (bytes.size() < end + 2 + size + 2) return 0;
  message = {Kind::published, bytes.substr(end + 2, size)};
  return end + 2 + size + 2;
}

} // namespace vigie::bench::nats
