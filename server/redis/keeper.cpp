#include "redis/keeper.hpp"

#include "runtime/log.hpp"

#include <asio/co_spawn.hpp>

#include <cstdlib>
#include <random>
#include <utility>

namespace vigie::redis {
namespace {

constexpr std::chrono::hours for_ever{24 * 365};

} // namespace

Keeper::Keeper(asio::any_io_executor executor, Whereabouts where, KeepAlive options, Steps steps)
    : executor_(std::move(executor)), where_(std::move(where)), options_(options), steps_(std::move(steps)),
      backoff_(options.backoff, std::random_device()()) {}

void Keeper::start() {
  if (std::exchange(running_, true)) return;
  auto self = shared_from_this();
  asio::co_spawn(executor_, keep(self), [self](std::exception_ptr failure) { self->ended(failure); });
}

void Keeper::ended(std::exception_ptr failure) {
  running_ = false;
  conversation_.reset();
  end_rings_.ring();
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (std::exception const& error) {
    log::error("redis", address_.name() + ": given up: " + error.what());
    std::abort(); // it would never be connected again; a process that starts anew is
  }
}

void Keeper::halt() {
  halting_ = true;
  if (conversation_) conversation_->close("stopped");
  halt_rings_.ring();
}

asio::awaitable<void> Keeper::stop(Self self) {
  self->halt();
  if (!self->running_) co_return;
  auto const end = self->end_rings_.listen(self->executor_, for_ever);
  co_await Gate::wait(end);
}

std::shared_ptr<Conversation> Keeper::conversation() const {
  return up_ && conversation_->ready() ? conversation_ : nullptr;
}

Failed Keeper::absence() const {
  auto const whose = address_ == Address() ? std::string() : address_.name() + ": ";
  return {Trouble::disconnected, whose + why_down_};
}

asio::awaitable<void> Keeper::until_tried(Self self, std::chrono::milliseconds at_most) {
  if (self->tried_) co_return;
  auto const rings = self->tried_rings_.listen(self->executor_, at_most);
  co_await Gate::wait(rings);
}

asio::awaitable<bool> Keeper::until_up(Self self, std::chrono::milliseconds at_most) {
  if (self->conversation()) co_return true;
  auto const rings = self->up_rings_.listen(self->executor_, at_most);
  co_await Gate::wait(rings);
  co_return self->conversation() != nullptr;
}

asio::awaitable<void> Keeper::keep(Self self) {
  while (!self->halting_) {
    co_await attempt(self);
    if (!self->halting_) co_await pause(self);
  }
}

asio::awaitable<void> Keeper::attempt(Self self) {
  auto const place = self->where_(nullptr);
  if (!place) {
    self->fail(place.error().detail);
    co_return;
  }
  self->address_ = *place;
  auto const conversation =
      std::make_shared<Conversation>(self->executor_, self->address_, self->options_.connection);
  self->conversation_ = conversation;
  auto begun = co_await Conversation::connect(conversation);
  if (begun) begun = co_await self->steps_.greet(conversation);
  if (begun && conversation->ready())
    co_await watch_over(self, conversation);
  else
    self->fail(begun ? conversation->why_closed() : begun.error().detail);
  conversation->close("not needed any more");
}

void Keeper::fail(std::string why) {
  if (why != why_down_) log::warn("redis", address_.name() + ": " + why);
  why_down_ = std::move(why);
  tried();
}

void Keeper::tried() {
  tried_ = true;
  tried_rings_.ring();
}

bool Keeper::elsewhere() const {
  auto const place = where_(&address_);
  return place && *place != address_;
}

/// While an exchange may take longer than a check, its own time watches over the connection.
asio::awaitable<void> Keeper::watch_over(Self self, std::shared_ptr<Conversation> conversation) {
  self->backoff_.reset();
  self->tell(true, "connected");
  while (co_await Conversation::still_open_after(conversation, self->options_.heartbeat)) {
    if (self->elsewhere()) conversation->close("it is elsewhere now");
    if (conversation->held_up_for() > std::chrono::milliseconds(0)) continue;
    auto const answered = co_await self->steps_.check(conversation);
    if (!answered) conversation->close(answered.error().detail);
  }
  self->tell(false, conversation->why_closed());
}

asio::awaitable<void> Keeper::pause(Self self) {
  auto const halted = self->halt_rings_.listen(self->executor_, self->backoff_.next());
  co_await Gate::wait(halted);
}

void Keeper::tell(bool up, std::string const& why) {
  up_ = up;
  why_down_ = why;
  tried();
  auto const sentence = address_.name() + ": " + why;
  if (up || halting_)
    log::info("redis", sentence);
  else
    log::warn("redis", sentence);
  if (up) up_rings_.ring();
  auto const told = told_;
  if (told) told(up, why);
}

} // namespace vigie::redis
