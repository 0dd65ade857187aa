#include "troubled_positions.hpp"

#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

namespace vigie::simulation {

using namespace protocol;

TroubledPositions::TroubledPositions(asio::any_io_executor executor, std::shared_ptr<KeptPositions> shared,
                                     Chance chance)
    : executor_(executor), shared_(std::move(shared)), chance_(chance) {
  shared_->processes.push_back(this);
}

TroubledPositions::~TroubledPositions() { std::erase(shared_->processes, this); }

asio::awaitable<void> TroubledPositions::linger() {
  for (auto turns = chance_.below(6); turns > 0; --turns) co_await asio::post(executor_, asio::use_awaitable);
}

asio::awaitable<bool> TroubledPositions::share(Picture picture) {
  co_await linger();
  if (away) co_return false;
  for (auto const& position : picture.positions)
    shared_->kept.insert_or_assign(position.team, KeptPosition{position, this});
  for (auto const& team : picture.gone) shared_->kept.erase(team);
  for (auto* other : shared_->processes)
    if (other != this && !other->away && other->handler_) other->handler_(picture);
  co_return true;
}

asio::awaitable<std::optional<std::vector<Position>>> TroubledPositions::all() {
  co_await linger();
  if (away) co_return std::nullopt;
  std::vector<Position> kept;
  for (auto const& [team, held] : shared_->kept) kept.push_back(held.position);
  co_return kept;
}

} // namespace vigie::simulation
