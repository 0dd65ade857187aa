#include "bench/load/crowd.hpp"

#include <stdexcept>
#include <utility>

namespace vigie::bench {
namespace {

constexpr std::size_t at_a_time = 64;
constexpr std::int64_t patience_ns = 20'000'000'000;

} // namespace

void Crowd::gather(std::size_t handsets, std::size_t viewers) {
  handsets_ = handsets;
  auto const wanted = handsets + viewers;
  is_ready_.resize(wanted);
  auto last_news = now_ns();
  for (std::size_t known = 0; ready_ < wanted;) {
    while (clients_.size() < wanted && clients_.size() < ready_ + at_a_time) {
      auto& client = clients_.emplace_back(std::make_unique<Client>(poller_, *this, clients_.size()));
      client->connect(port_, dialect_.path(part_of(*client)), dialect_.headers(client->number()));
    }
    poller_.turn(patience_ns / 100);
    if (std::exchange(known, ready_) != ready_) last_news = now_ns();
    if (now_ns() - last_news > patience_ns)
      throw std::runtime_error(std::to_string(ready_) + " of " + std::to_string(wanted) + " became ready");
  }
  gathered_ = true;
}

void Crowd::count_ready(Client const& client) {
  if (is_ready_[client.number()]) return;
  is_ready_[client.number()] = true;
  ++ready_;
}

void Crowd::opened(Client& client) {
  dialect_.greet(client, part_of(client));
  if (dialect_.ready_at_once()) count_ready(client);
}

void Crowd::heard(Client& client, Opcode, std::string_view payload) {
  auto const part = part_of(client);
  bool const ready = dialect_.hear(client, part, payload, [&](std::string_view text) {
    if (part == Part::viewer && heard_) heard_(client, text);
  });
  if (ready) count_ready(client);
}

void Crowd::closed(Client& client, int code) {
  ++lost_;
  if (!gathered_)
    throw std::runtime_error("client " + std::to_string(client.number()) +
                             " was refused: " + std::to_string(code));
}

} // namespace vigie::bench
