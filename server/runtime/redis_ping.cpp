#include "runtime/redis_ping.hpp"

#include "runtime/descriptor.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <array>
#include <cstring>
#include <string_view>

namespace vigie::runtime {
namespace {

static_assert(sizeof(sockaddr_un::sun_path) > longest_socket_path);

Descriptor connected_to(std::filesystem::path const& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.native().size() > longest_socket_path) return {};
  std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
  Descriptor line(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  timeval const patience{1, 0};
  ::setsockopt(line.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(line.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (::connect(line.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return {};
  return line;
}

} // namespace

bool redis_answers(std::filesystem::path const& socket) {
  constexpr std::string_view question = "PING\r\n";
  auto const line = connected_to(socket);
  if (!line || ::send(line.number(), question.data(), question.size(), MSG_NOSIGNAL) < 0) return false;
  std::array<char, 64> answer{};
  auto const size = ::recv(line.number(), answer.data(), answer.size(), 0);
  return size > 0 && std::string_view(answer.data(), static_cast<std::size_t>(size)).starts_with("+PONG");
}

} // namespace vigie::runtime
