#include "bench/load/client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>

namespace vigie::bench {
namespace {

constexpr std::size_t first_room = 4096;
constexpr int broken = 1006;
constexpr int switching_protocols = 101;

std::uint64_t number_in(char const* at, std::size_t bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) number = number << 8 | static_cast<unsigned char>(at[i]);
  return number;
}

int connected_socket(std::uint16_t port) {
  int const descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // POSIX has its addresses cast so.
  if (::connect(descriptor, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) {
    int const why = errno;
    close(descriptor);
    throw std::system_error(why, std::generic_category(), "connect");
  }
  int const yes = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  fcntl(descriptor, F_SETFL, O_NONBLOCK);
  return descriptor;
}

} // namespace

void Client::connect(std::uint16_t port, std::string_view path, std::string_view headers) {
  drop();
  descriptor_ = connected_socket(port);
  poller_.add(descriptor_, *this);
  out_ = "GET ";
  out_.append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(std::to_string(port));
  out_ += "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  out_.append(headers).append("\r\n");
  flush();
}

// A mask of zero leaves the payload as it is.
void Client::put(std::string_view payload, Opcode opcode) {
  char head[14] = {static_cast<char>(0x80 | static_cast<int>(opcode))};
  std::size_t size = 2;
  if (payload.size() < 126) {
    head[1] = static_cast<char>(0x80 | payload.size());
  } else {
    head[1] = static_cast<char>(0x80 | 126);
    head[2] = static_cast<char>(payload.size() >> 8);
    head[3] = static_cast<char>(payload.size());
    size = 4;
  }
  out_.append(head, size + 4).append(payload);
}

void Client::send(std::string_view payload, Opcode opcode) {
  put(payload, opcode);
  if (!wants_to_write_) flush();
}

void Client::flush() {
  auto const sent = ::send(descriptor_, out_.data(), out_.size(), MSG_NOSIGNAL);
  if (sent > 0) out_.erase(0, static_cast<std::size_t>(sent));
  if (out_.empty() == !wants_to_write_) return;
  wants_to_write_ = !out_.empty();
  poller_.want_to_write(descriptor_, *this, wants_to_write_);
}

void Client::drop() {
  if (descriptor_ < 0) return;
  poller_.remove(descriptor_);
  close(descriptor_);
  descriptor_ = -1;
  open_ = wants_to_write_ = false;
  begin_ = end_ = 0;
}

void Client::over(int code) {
  drop();
  listener_.closed(*this, code);
}

void Client::ready(std::uint32_t events) {
  if (descriptor_ >= 0 && (events & EPOLLOUT) != 0) flush();
  if (descriptor_ < 0 || (events & ~EPOLLOUT) == 0) return;
  if (read_more()) read_frames();
}

/// Reads what there is, once; false when the connection is over.
bool Client::read_more() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (begin_ > 0 && end_ == in_.size()) {
    std::memmove(in_.data(), in_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == in_.size()) in_.resize(std::max(first_room, in_.size() * 2));
  auto const got = recv(descriptor_, in_.data() + end_, in_.size() - end_, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (got > 0) return end_ += static_cast<std::size_t>(got), true;
  over(broken);
  return false;
}

void Client::read_frames() {
  if (!open_ && !read_answer()) return;
  while (descriptor_ >= 0 && read_frame()) {
  }
}

/// Reads the answer to the handshake; false when it is not there yet, or is a refusal.
bool Client::read_answer() {
  std::string_view const text{in_.data() + begin_, end_ - begin_};
  auto const end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return false;
  int status = 0;
  std::from_chars(text.data() + std::strlen("HTTP/1.1 "), text.data() + end, status);
  if (status != switching_protocols) return over(status), false;
  begin_ += end + 4;
  open_ = true;
  listener_.opened(*this);
  return descriptor_ >= 0;
}

/// Reads one frame; false when it is not all there yet.
bool Client::read_frame() {
  auto const have = end_ - begin_;
  if (have < 2) return false;
  char const* const at = in_.data() + begin_;
  auto const opcode = static_cast<Opcode>(at[0] & 15);
  std::size_t head = 2, size = static_cast<unsigned char>(at[1]);
  if (size >= 126) {
    std::size_t const bytes = size == 126 ? 2 : 8;
    head += bytes;
    if (have < head) return false;
    size = number_in(at + 2, bytes);
  }
  if (have < head + size) return false;
  begin_ += head + size;
  std::string_view const payload{at + head, size};
  if (opcode == Opcode::ping) return send(payload, Opcode::pong), true;
  if (opcode == Opcode::close)
    return over(size < 2 ? broken : static_cast<int>(number_in(at + head, 2))), false;
  listener_.heard(*this, opcode, payload);
  return true;
}

} // namespace vigie::bench
