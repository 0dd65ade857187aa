#include "redis/gate.hpp"

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace vigie::redis {

Gate::Gate(asio::any_io_executor const& executor, std::chrono::milliseconds at_most)
    : timer_(executor, at_most) {}

void Gate::open() {
  open_ = true;
  timer_.cancel();
}

asio::awaitable<Passed> Gate::wait(std::shared_ptr<Gate> gate) {
  if (gate->open_) co_return Passed::opened;
  asio::error_code ended;
  co_await gate->timer_.async_wait(asio::redirect_error(asio::use_awaitable, ended));
  if (gate->open_) co_return Passed::opened;
  co_return ended ? Passed::cancelled : Passed::late;
}

std::shared_ptr<Gate> Bell::listen(asio::any_io_executor const& executor, std::chrono::milliseconds at_most) {
  std::erase_if(listening_, [](auto const& gate) { return gate.expired(); });
  auto gate = std::make_shared<Gate>(executor, at_most);
  listening_.push_back(gate);
  return gate;
}

void Bell::ring() {
  for (auto const& listener : std::exchange(listening_, {}))
    if (auto gate = listener.lock()) gate->open();
}

} // namespace vigie::redis
