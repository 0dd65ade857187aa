#include "support/web_client.hpp"

#include <asio/read.hpp>
#include <asio/read_until.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <algorithm>

namespace vigie::testing {
namespace {

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::string big_endian(std::uint64_t number, int bytes) {
  std::string text;
  for (int at = bytes - 1; at >= 0; --at) text += static_cast<char>((number >> (8 * at)) & 0xff);
  return text;
}

std::uint64_t number_of(std::string_view big_endian) {
  std::uint64_t number = 0;
  for (unsigned char const byte : big_endian) number = number << 8 | byte;
  return number;
}

asio::awaitable<bool> connected(asio::ip::tcp::socket& socket, std::uint16_t port) {
  asio::error_code failed;
  asio::ip::tcp::endpoint const server{asio::ip::address_v4::loopback(), port};
  auto token = asio::redirect_error(asio::use_awaitable, failed);
  co_await socket.async_connect(server, token);
  co_return !failed;
}

asio::awaitable<void> written(asio::ip::tcp::socket& socket, std::string bytes) {
  asio::error_code ignored; // the answer tells whether it came through
  auto token = asio::redirect_error(asio::use_awaitable, ignored);
  auto const buffer = asio::buffer(bytes);
  co_await asio::async_write(socket, buffer, token);
}

} // namespace

WebAnswer parse_answer(std::string const& text) {
  WebAnswer answer;
  auto const head_end = text.find("\r\n\r\n");
  if (!text.starts_with("HTTP/1.1 ") || head_end == std::string::npos) return answer;
  answer.status = std::stoi(text.substr(9, 3));
  auto at = text.find("\r\n") + 2;
  while (at < head_end + 2) {
    auto const end = text.find("\r\n", at);
    auto const colon = text.find(": ", at);
    auto const name = small(text.substr(at, colon - at));
    auto const value = text.substr(colon + 2, end - colon - 2);
    answer.headers.emplace(name, value);
    if (name == "set-cookie") answer.cookies.push_back(value.substr(0, value.find(';')));
    at = end + 2;
  }
  answer.body = text.substr(head_end + 4);
  return answer;
}

asio::awaitable<WebAnswer> exchange(asio::io_context& io, std::uint16_t port, std::string bytes) {
  asio::ip::tcp::socket socket{io};
  bool const up = co_await connected(socket, port);
  if (!up) co_return WebAnswer{};
  co_await written(socket, std::move(bytes));
  std::string text;
  asio::error_code ended;
  auto token = asio::redirect_error(asio::use_awaitable, ended);
  auto const buffer = asio::dynamic_buffer(text);
  co_await asio::async_read(socket, buffer, token);
  co_return parse_answer(text);
}

int close_code(WebFrame const& frame) {
  return frame.payload.size() < 2 ? 0 : static_cast<int>(number_of(frame.payload.substr(0, 2)));
}

asio::awaitable<WebAnswer> WebClient::open(std::string target, std::string header_lines) {
  bool const up = co_await connected(socket_, port_);
  if (!up) co_return WebAnswer{};
  std::string request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dmlnaWUtdmlnaWUtdmlnaQ==\r\n" +
                        header_lines + "\r\n";
  co_await written(socket_, std::move(request));
  asio::error_code ended;
  auto token = asio::redirect_error(asio::use_awaitable, ended);
  auto const buffer = asio::dynamic_buffer(read_);
  auto const size = co_await asio::async_read_until(socket_, buffer, "\r\n\r\n", token);
  auto answer = parse_answer(read_);
  if (answer.status == 101)
    read_.erase(0, size);
  else {
    co_await asio::async_read(socket_, buffer, token);
    answer = parse_answer(read_);
  }
  co_return answer;
}

asio::awaitable<void> WebClient::send(WebFrame frame, bool masked) {
  auto const size = frame.payload.size();
  std::string bytes(1, static_cast<char>(frame.opcode | (frame.last ? 0x80 : 0)));
  int const mask = masked ? 0x80 : 0;
  if (size < 126)
    bytes += static_cast<char>(mask | static_cast<int>(size));
  else if (size < 65536)
    bytes += static_cast<char>(mask | 126) + big_endian(size, 2);
  else
    bytes += static_cast<char>(mask | 127) + big_endian(size, 8);
  if (masked) bytes += std::string(4, '\0');
  bytes += frame.payload;
  co_await written(socket_, std::move(bytes));
}

asio::awaitable<void> WebClient::send_bytes(std::string bytes) {
  co_await written(socket_, std::move(bytes));
}

asio::awaitable<bool> WebClient::read_until(std::size_t bytes) {
  if (read_.size() >= bytes) co_return true;
  asio::error_code ended;
  auto token = asio::redirect_error(asio::use_awaitable, ended);
  auto const buffer = asio::dynamic_buffer(read_);
  auto const enough = asio::transfer_at_least(bytes - read_.size());
  co_await asio::async_read(socket_, buffer, enough, token);
  co_return read_.size() >= bytes;
}

asio::awaitable<std::optional<WebFrame>> WebClient::receive_any() {
  bool there = co_await read_until(2);
  if (!there) co_return std::nullopt;
  WebFrame frame;
  frame.opcode = read_[0] & 0x0f;
  frame.last = (read_[0] & 0x80) != 0;
  std::size_t size = read_[1] & 0x7f;
  std::size_t const extra = size == 126 ? 2 : size == 127 ? 8 : 0;
  there = co_await read_until(2 + extra);
  if (!there) co_return std::nullopt;
  if (extra > 0) size = number_of(read_.substr(2, extra));
  there = co_await read_until(2 + extra + size);
  if (!there) co_return std::nullopt;
  frame.payload = read_.substr(2 + extra, size);
  read_.erase(0, 2 + extra + size);
  co_return frame;
}

asio::awaitable<std::optional<WebFrame>> WebClient::receive() {
  for (;;) {
    auto frame = co_await receive_any();
    bool const ping = frame && frame->opcode == WebFrame::ping;
    if (!deaf && frame && (ping || frame->opcode == WebFrame::close)) {
      WebFrame reply{ping ? WebFrame::pong : WebFrame::close, frame->payload};
      co_await send(std::move(reply));
    }
    if (!ping) co_return frame;
  }
}

} // namespace vigie::testing
