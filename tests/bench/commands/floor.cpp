#include "bench/commands/floor.hpp"

#include "bench/commands/measuring.hpp"
#include "bench/load/poller.hpp"

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <iostream>

namespace vigie::bench::commands {
namespace {

using Tcp = asio::ip::tcp;

constexpr std::size_t commands_size = 160; ///< of a submit frame
constexpr std::int64_t pause_ns = 2'000'000;

std::string bulk(std::string const& text) {
  return "$" + std::to_string(text.size()) + "\r\n" + text + "\r\n";
}

/// XADD of an entry the size of a commit.
std::string entry() {
  return "*7\r\n" + bulk("XADD") + bulk("bench:floor") + bulk("*") + bulk("commit") +
         bulk(std::string(330, 'x')) + bulk("hash") + bulk(std::string(64, 'h'));
}

/// Does it again and again, at full speed or with rests, and prints the times.
template <class Act> void tell_times(double seconds, std::int64_t rest, Act act) {
  Times times;
  auto const began = now_ns();
  Poller nobody;
  while (double(now_ns() - began) / 1e9 < seconds) {
    auto const from = now_ns();
    act();
    times.add(now_ns() - from);
    if (rest > 0) nobody.turn(rest);
  }
  auto const passed = double(now_ns() - began) / 1e9;
  std::cout << R"({"a_second":)" << double(times.size()) / passed << R"(,"times":)" << times.json() << "}"
            << std::endl;
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

void tell_append(std::string const& unix_socket, double seconds, bool rested) {
  asio::io_context io;
  asio::local::stream_protocol::socket socket{io};
  socket.connect({unix_socket});
  auto const words = entry();
  tell_times(seconds, rested ? pause_ns : 0, [&] {
    asio::write(socket, asio::buffer(words));
    std::array<char, 256> answer{};
    socket.read_some(asio::buffer(answer));
  });
}

void tell_echo(double seconds, bool rested) {
  asio::io_context io;
  Tcp::acceptor acceptor{io, {asio::ip::address_v4::loopback(), 0}};
  auto const port = acceptor.local_endpoint().port();
  auto const child = fork();
  if (child == 0) {
    echo(acceptor);
    _exit(0);
  }
  {
    Tcp::socket socket{io};
    socket.connect({asio::ip::address_v4::loopback(), port});
    socket.set_option(Tcp::no_delay(true));
    std::string bytes(commands_size, 'x');
    tell_times(seconds, rested ? pause_ns : 0, [&] {
      asio::write(socket, asio::buffer(bytes));
      asio::read(socket, asio::buffer(bytes));
    });
  }
  waitpid(child, nullptr, 0);
}

} // namespace vigie::bench::commands
