#include "gateway/departures.hpp"

#include <asio/post.hpp>

#include <algorithm>
#include <utility>

namespace vigie::gateway {
namespace {

using namespace std::chrono_literals;

constexpr auto long_round = 5ms;
constexpr auto longest_rest = 20ms;

} // namespace

void Departures::add(std::shared_ptr<Departing> connection, Due due) {
  bool const can_wait = due == Due::with_others;
  (can_wait ? with_others_ : now_).push_back(std::move(connection));
  if (can_wait && resting()) return plan_tick();
  plan_round();
}

void Departures::plan_round() {
  if (std::exchange(round_planned_, true)) return;
  asio::post(io_, [weak = weak_from_this()] {
    if (auto const self = weak.lock()) self->round();
  });
}

void Departures::plan_tick() {
  if (std::exchange(tick_planned_, true)) return;
  rest_.expires_at(rests_until_);
  rest_.async_wait([weak = weak_from_this()](asio::error_code const& cancelled) {
    auto const self = weak.lock();
    if (!self || cancelled) return;
    self->tick_planned_ = false;
    self->plan_round();
  });
}

void Departures::round() {
  round_planned_ = false;
  auto leaving = std::exchange(now_, {});
  auto const began = std::chrono::steady_clock::now();
  if (began < rests_until_) {
    if (!with_others_.empty()) plan_tick();
    return send_off(std::move(leaving));
  }
  leaving.insert(leaving.end(), with_others_.begin(), with_others_.end());
  with_others_.clear();
  send_off(std::move(leaving));
  rest_after(std::chrono::steady_clock::now() - began);
}

void Departures::send_off(Waiting leaving) {
  while (!leaving.empty()) {
    std::erase_if(leaving, [this](auto const& connection) { return !connection->board(batch_); });
    auto taken = batch_.write().begin();
    std::erase_if(leaving, [&taken](auto const& connection) { return !connection->departed(*taken++); });
  }
}

void Departures::rest_after(std::chrono::steady_clock::duration round) {
  if (round < long_round) return;
  rests_until_ =
      std::chrono::steady_clock::now() + std::min<std::chrono::steady_clock::duration>(round, longest_rest);
}

} // namespace vigie::gateway
