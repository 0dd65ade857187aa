#include "bench/commands/crowd.hpp"

#include <algorithm>
#include <stdexcept>

namespace vigie::bench::commands {
namespace {

constexpr std::string_view hello = R"({"type":"hello","conversation":1})";
constexpr std::int64_t a_while = 100'000'000;

} // namespace

std::string account_of(std::size_t service, bool desk, std::size_t number) {
  auto digits = std::to_string(service + 1);
  digits.insert(0, 3 - std::min<std::size_t>(3, digits.size()), '0');
  return "s" + digits + (desk ? ".desk-" : ".team-") + std::to_string(number + 1);
}

Crowd::Crowd(Poller& poller, Party const& party, Heard heard, bool to_be_current)
    : poller_(poller), party_(party), heard_(std::move(heard)), to_be_current_(to_be_current) {
  for (std::size_t screen = 0; screen < size(); ++screen) clients_.emplace_back(poller, *this, screen);
}

void Crowd::come(std::int64_t at_most_ns) {
  current_.assign(size(), 0);
  begun_ = arrived_ = 0;
  auto const until = now_ns() + at_most_ns;
  while (arrived_ < size()) {
    if (begun_ < size() && begun_ - arrived_ < party_.at_once)
      open(clients_[begun_++]);
    else
      poller_.turn(a_while);
    if (lost_ > 0) throw std::runtime_error("a screen was lost: " + std::to_string(code_));
    if (now_ns() > until)
      throw std::runtime_error(std::to_string(size() - arrived_) + " screens did not come in time");
  }
}

void Crowd::open(Client& client) {
  auto const place = client.number() % per_service();
  bool const desk = is_desk(client.number());
  auto const account = account_of(service_of(client.number()), desk, desk ? place : place - party_.desks);
  client.connect(party_.port, "/api/v1/live", "Cookie: vigie_session=" + account + "\r\n");
}

void Crowd::opened(Client& client) {
  if (to_be_current_)
    client.send(hello);
  else
    ++arrived_;
}

void Crowd::heard(Client& client, Opcode opcode, std::string_view payload) {
  if (opcode != Opcode::text) return;
  if (!current_[client.number()] && payload.starts_with(R"({"type":"whole")")) {
    current_[client.number()] = 1;
    ++arrived_;
  }
  if (heard_) heard_(client.number(), payload);
}

void Crowd::closed(Client&, int code) {
  ++lost_;
  code_ = code;
}

void Crowd::cut() {
  for (auto& client : clients_) client.drop();
}

} // namespace vigie::bench::commands
