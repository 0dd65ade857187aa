#include "redis/lookout.hpp"

#include "runtime/log.hpp"

#include <asio/co_spawn.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <utility>

namespace vigie::redis {
namespace {

using namespace std::chrono_literals;

/// Somebody who does not answer must not keep the others from being asked.
constexpr auto patience = 500ms;
/// Between two questions while something is amiss.
constexpr Backoff::Bounds pauses{50ms, 500ms};
constexpr std::chrono::hours for_ever{24 * 365};

Options hurried(Options options) {
  options.connect_timeout = std::min<std::chrono::milliseconds>(options.connect_timeout, patience);
  options.command_timeout = std::min<std::chrono::milliseconds>(options.command_timeout, patience);
  return options;
}

} // namespace

Lookout::Lookout(asio::any_io_executor executor, KeepAlive const& options, Inquiry inquiry)
    : executor_(std::move(executor)), heartbeat_(std::min(options.heartbeat, inquiry.at_least_every)),
      patience_(hurried(options.connection)), inquiry_(std::move(inquiry)),
      backoff_(pauses, std::random_device()()) {}

void Lookout::start() {
  if (std::exchange(running_, true)) return;
  auto self = shared_from_this();
  asio::co_spawn(executor_, keep(self), [self](std::exception_ptr failure) { self->ended(failure); });
}

void Lookout::ended(std::exception_ptr failure) {
  running_ = false;
  connection_.reset();
  end_rings_.ring();
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (std::exception const& error) {
    log::error("redis", std::string("nobody looks out any more: ") + error.what());
    std::abort(); // it would never know where Redis is again; a process that starts anew does
  }
}

void Lookout::look_again() {
  again_ = true;
  rings_.ring();
}

void Lookout::halt() {
  halting_ = true;
  if (connection_) connection_->close();
  if (auto const calm = calm_.lock()) calm->open();
  rings_.ring();
}

asio::awaitable<void> Lookout::stop(Self self) {
  self->halt();
  if (!self->running_) co_return;
  auto const end = self->end_rings_.listen(self->executor_, for_ever);
  co_await Gate::wait(end);
}

asio::awaitable<void> Lookout::keep(Self self) {
  while (!self->halting_) {
    self->doubted_ = std::exchange(self->again_, false);
    co_await ask_around(self);
    if (!self->halting_) co_await pause(self);
  }
}

/// While something is amiss a short wait first, whoever rings, so that a storm of redirections is one
/// question.
asio::awaitable<void> Lookout::pause(Self self) {
  auto const settled = [self] {
    return !self->again_ && self->why_blind_.empty() && self->inquiry_.settled();
  };
  if (settled()) {
    self->backoff_.reset();
    auto const rung = self->rings_.listen(self->executor_, self->heartbeat_);
    co_await Gate::wait(rung);
    co_return;
  }
  auto const calm = std::make_shared<Gate>(self->executor_, self->backoff_.next());
  self->calm_ = calm;
  co_await Gate::wait(calm);
}

/// Whoever answered last is asked first while all is well, and last where a command met something else than
/// he said, so that one who is cut off from the rest is not believed for long.
std::vector<Address> Lookout::in_turn() const {
  auto whom = inquiry_.whom();
  auto const last = std::ranges::find(whom, asked_);
  bool const well = !doubted_ && connection_ && connection_->connected() && inquiry_.settled();
  if (last != whom.end()) std::ranges::rotate(whom, well ? last : last + 1);
  return whom;
}

asio::awaitable<void> Lookout::ask_around(Self self) {
  self->why_blind_ = "there is nobody to ask";
  for (auto const& whom : self->in_turn()) {
    if (self->halting_) co_return;
    bool const learned = co_await ask(self, whom);
    if (!learned) continue;
    self->why_blind_.clear();
    co_return;
  }
}

asio::awaitable<bool> Lookout::ask(Self self, Address whom) {
  bool const connected = co_await connect(self, whom);
  if (!connected) co_return false;
  auto const connection = self->connection_;
  auto question = self->inquiry_.question;
  auto const answer = co_await connection->run(std::move(question));
  if (!answer) self->why_blind_ = answer.error().detail;
  if (!answer || self->halting_) co_return false;
  bool const learned = self->inquiry_.learn(whom, *answer);
  if (!learned) self->why_blind_ = whom.name() + " does not know";
  if (auto const* error = answer->error()) self->why_blind_ = whom.name() + ": " + *error;
  co_return learned;
}

asio::awaitable<bool> Lookout::connect(Self self, Address whom) {
  if (self->connection_ && self->connection_->connected() && self->asked_ == whom) co_return true;
  auto const connection = std::make_shared<Connection>(self->executor_, whom, self->patience_);
  self->connection_ = connection;
  self->asked_ = whom;
  auto const connected = co_await connection->connect();
  if (!connected) self->why_blind_ = connected.error().detail;
  co_return connected.has_value() && !self->halting_;
}

} // namespace vigie::redis
