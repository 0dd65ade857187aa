#include "bench/commands/floor.hpp"

#include "bench/commands/measuring.hpp"
#include "bench/load/poller.hpp"

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <iostream>

namespace vigie::bench::commands {
namespace {

using Tcp = asio::ip::tcp;

constexpr std::size_t commands_size = 160; ///< of a submit frame

std::string bulk(std::string const& text) {
  return "$" + std::to_string(text.size()) + "\r\n" + text + "\r\n";
}

/// XADD of an entry the size of a commit.
std::string entry() {
  return "*7\r\n" + bulk("XADD") + bulk("bench:floor") + bulk("*") + bulk("commit") +
         bulk(std::string(330, 'x')) + bulk("hash") + bulk(std::string(64, 'h'));
}

/// Does it so many times a second, or again and again where that is 0, and prints the times.
template <class Act> void tell_times(double seconds, double a_second, Act act) {
  Times times;
  auto const began = now_ns();
  auto const pause = a_second > 0 ? static_cast<std::int64_t>(1e9 / a_second) : 0;
  Poller nobody;
  for (auto next = began; double(now_ns() - began) / 1e9 < seconds; next += pause) {
    auto const left = next - now_ns();
    if (left > 0) nobody.turn(left);
    auto const from = now_ns();
    act();
    times.add(now_ns() - from);
  }
  auto const passed = double(now_ns() - began) / 1e9;
  std::cout << R"({"a_second":)" << double(times.size()) / passed << R"(,"times":)" << times.json() << "}"
            << std::endl;
}

void move_to(std::size_t core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof cores, &cores);
}

/// Answers every byte with itself, until the other side leaves.
void echo(Tcp::acceptor& acceptor) {
  auto socket = acceptor.accept();
  socket.set_option(Tcp::no_delay(true));
  std::array<char, 4096> bytes{};
  for (asio::error_code gone; !gone;) {
    auto const got = socket.read_some(asio::buffer(bytes), gone);
    if (!gone) asio::write(socket, asio::buffer(bytes, got), gone);
  }
}

} // namespace

void tell_append(std::string const& unix_socket, double seconds, double a_second) {
  asio::io_context io;
  asio::local::stream_protocol::socket socket{io};
  socket.connect({unix_socket});
  auto const words = entry();
  tell_times(seconds, a_second, [&] {
    asio::write(socket, asio::buffer(words));
    std::array<char, 256> answer{};
    socket.read_some(asio::buffer(answer));
  });
}

void tell_echo(double seconds, double a_second, std::size_t core) {
  asio::io_context io;
  Tcp::acceptor acceptor{io, {asio::ip::address_v4::loopback(), 0}};
  auto const port = acceptor.local_endpoint().port();
  auto const child = fork();
  if (child == 0) {
    move_to(core);
    echo(acceptor);
    _exit(0);
  }
  {
    Tcp::socket socket{io};
    socket.connect({asio::ip::address_v4::loopback(), port});
    socket.set_option(Tcp::no_delay(true));
    std::string bytes(commands_size, 'x');
    tell_times(seconds, a_second, [&] {
      asio::write(socket, asio::buffer(bytes));
      asio::read(socket, asio::buffer(bytes));
    });
  }
  waitpid(child, nullptr, 0);
}

} // namespace vigie::bench::commands
