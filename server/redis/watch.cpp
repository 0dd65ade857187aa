#include "redis/watch.hpp"

#include <asio/post.hpp>
#include <hiredis/async.h>

#include <utility>

namespace vigie::redis {

Watch& Watch::over(redisAsyncContext& context, asio::any_io_executor const& executor,
                   std::chrono::milliseconds gather, Told told) {
  auto watch = std::make_shared<Watch>(context, executor, gather, std::move(told));
  watch->alive_ = watch;
  watch->hook(context);
  return *watch;
}

Watch::Watch(redisAsyncContext& context, asio::any_io_executor const& executor,
             std::chrono::milliseconds gather, Told told)
    : context_(&context), descriptor_(executor, context.c.fd), gathered_(executor), gather_(gather),
      told_(std::move(told)), reading_{Descriptor::wait_read, redisAsyncHandleRead},
      writing_{Descriptor::wait_write, redisAsyncHandleWrite} {}

void Watch::hook(redisAsyncContext& context) {
  auto& hooks = context.ev;
  hooks.data = this;
  hooks.addRead = [](void* self) { static_cast<Watch*>(self)->want(static_cast<Watch*>(self)->reading_); };
  hooks.delRead = [](void* self) { static_cast<Watch*>(self)->reading_.wanted = false; };
  hooks.addWrite = [](void* self) { static_cast<Watch*>(self)->want(static_cast<Watch*>(self)->writing_); };
  hooks.delWrite = [](void* self) { static_cast<Watch*>(self)->writing_.wanted = false; };
  hooks.cleanup = [](void* self) { static_cast<Watch*>(self)->release(); };
}

void Watch::want(Direction& direction) {
  direction.wanted = true;
  if (direction.waiting || !context_) return;
  direction.waiting = true;
  auto go_on = [self = shared_from_this(), &direction](asio::error_code = {}) {
    direction.waiting = false;
    self->ready(direction);
  };
  if (&direction != &writing_ || !has_room()) {
    asked_for_room_ = asked_for_room_ || &direction == &writing_;
    return descriptor_.async_wait(direction.kind, std::move(go_on));
  }
  first_ = std::chrono::steady_clock::now() >= gathered_.expiry();
  if (first_) return asio::post(descriptor_.get_executor(), std::move(go_on));
  gathered_.async_wait(std::move(go_on));
}

void Watch::write_first() {
  auto const self = shared_from_this(); // the context may go meanwhile
  if (std::exchange(first_, false)) handle(writing_);
}

/// Nothing says that the socket is full: what is to be sent leaves without asking first.
bool Watch::has_room() const { return (context_->c.flags & REDIS_CONNECTED) != 0 && !writing_.in_hand; }

/// Whoever has written looks at once for what came meanwhile: under load, word of it would wait behind all
/// other sockets.
void Watch::ready(Direction& direction) {
  bool const handled = handle(direction);
  if (asked_for_room_ && context_ && !writing_.waiting) forget_room();
  if (&direction == &writing_) return ready(reading_);
  if (!handled) return;
  auto const after_read = told_.after_read;
  after_read();
}

/// Whoever asked once is told of room with whatever else happens on the socket, until it is watched anew.
void Watch::forget_room() {
  asked_for_room_ = false;
  descriptor_.assign(descriptor_.release());
}

/// Whether hiredis wanted it, and lives on. A failed wait is passed on too: hiredis then meets the error
/// itself and tells it in its own way.
bool Watch::handle(Direction& direction) {
  if (!context_ || !std::exchange(direction.wanted, false)) return false;
  if (&direction == &writing_) gathered_.expires_after(gather_);
  direction.in_hand = true;
  direction.handle(context_);
  direction.in_hand = false;
  return context_ != nullptr;
}

void Watch::release() {
  if (!context_) return;
  auto const self = std::exchange(alive_, nullptr);
  told_.gone();
  context_ = nullptr;
  descriptor_.release();
}

} // namespace vigie::redis
