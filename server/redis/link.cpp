#include "redis/link.hpp"

#include "redis/hiredis_reply.hpp"
#include "redis/watch.hpp"

#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <hiredis/sds.h>

#include <csignal>
#include <numeric>
#include <utility>

namespace vigie::redis {
namespace {

/// hiredis writes with write(2), so a Redis that goes away would end our process. The write's error is
/// enough.
void survive_broken_pipes() { [[maybe_unused]] static auto const before = std::signal(SIGPIPE, SIG_IGN); }

/// A command as Redis reads it, in one piece: hiredis writes the same word by word, into a text that grows.
std::string as_sent(Command const& command) {
  constexpr std::size_t around = 24; // a length and the line ends
  std::string text;
  text.reserve(std::accumulate(command.begin(), command.end(), around,
                               [](std::size_t sum, auto const& word) { return sum + around + word.size(); }));
  auto const number = [&](char kind, std::size_t of) { ((text += kind) += std::to_string(of)) += "\r\n"; };
  number('*', command.size());
  for (auto const& word : command) {
    number('$', word.size());
    (text += word) += "\r\n";
  }
  return text;
}

} // namespace

/// hiredis' callbacks; they may only note what came. A null reply means that the context ends: gone()
/// follows.
struct Link::Callbacks {
  static void on_connect(redisAsyncContext const* context, int status) {
    static_cast<Link*>(context->data)->connected(status == REDIS_OK);
  }

  static void on_reply(redisAsyncContext* context, void* reply, void*) {
    if (reply) static_cast<Link*>(context->data)->take(*static_cast<redisReply const*>(reply));
  }

  static void on_push(redisAsyncContext* context, void* reply, void*) {
    if (!reply) return;
    auto const pushed = to_reply(*static_cast<redisReply const*>(reply));
    auto const& parts = *pushed.as_array();
    auto const text = [&](std::size_t i) {
      auto const* string = i < parts.size() ? parts[i].as_string() : nullptr;
      return string ? *string : std::string();
    };
    static_cast<Link*>(context->data)->inbox_.push_back({text(0), text(1), text(2)});
  }
};

Link::Link(asio::any_io_executor executor, std::chrono::milliseconds gather)
    : executor_(std::move(executor)), gather_(gather) {
  survive_broken_pipes();
}

Link::~Link() { close("closed"); }

void Link::open_unix(std::string const& path) { adopt(redisAsyncConnectUnix(path.c_str())); }

void Link::open_tcp(std::string const& ip, std::uint16_t port) { adopt(redisAsyncConnect(ip.c_str(), port)); }

/// A context that could not even begin to connect has no hooks yet and is still ours to free.
void Link::adopt(redisAsyncContext* context) {
  if (!context || context->err) {
    why_closed_ = context ? context->errstr : "out of memory";
    state_ = State::closed;
    if (context) redisAsyncFree(context);
    return;
  }
  state_ = State::connecting;
  context_ = context;
  context->data = this;
  if (context->c.connection_type == REDIS_CONN_TCP) redisEnableKeepAlive(&context->c);
  watch_ = &Watch::over(*context, executor_, gather_, {[this] { gone(); }, [this] { deliver(); }});
  redisAsyncSetConnectCallback(context, Callbacks::on_connect);
}

void Link::connected(bool well) {
  if (!well) return;
  state_ = State::connected;
  changed_.ring();
}

void Link::close(std::string why) {
  if (state_ != State::closed) why_closed_ = std::move(why);
  state_ = State::closed;
  if (context_) redisAsyncFree(context_);
}

void Link::gone() {
  if (state_ != State::closed) why_closed_ = context_->err ? context_->errstr : "closed by Redis";
  state_ = State::closed;
  context_ = nullptr;
  watch_ = nullptr;
  pending_ = 0;
  for (auto const& exchange : std::exchange(in_flight_, {})) exchange->answered->open();
  changed_.ring();
}

void Link::send(std::span<Command const> commands, std::shared_ptr<Exchange> exchange) {
  in_flight_.push_back(std::move(exchange));
  for (auto const& command : commands) {
    if (!append(command, Callbacks::on_reply)) return close("out of memory");
    ++pending_;
  }
  watch_->write_first();
}

void Link::send_subscription(Command const& command) {
  if (state_ == State::connected) append(command, Callbacks::on_push);
}

bool Link::append(Command const& command, void (*callback)(redisAsyncContext*, void*, void*)) {
  auto const text = as_sent(command);
  return redisAsyncFormattedCommand(context_, callback, nullptr, text.data(), text.size()) == REDIS_OK;
}

void Link::take(redisReply const& reply) {
  auto& exchange = *in_flight_.front();
  exchange.replies.push_back(to_reply(reply));
  --pending_;
  if (!exchange.complete()) return;
  exchange.answered->open();
  in_flight_.pop_front();
}

void Link::deliver() {
  if (inbox_.empty()) return;
  auto const handler = on_notice;
  for (auto const& notice : std::exchange(inbox_, {})) handler(notice);
}

std::size_t Link::unsent() const { return context_ ? sdslen(context_->c.obuf) : 0; }

} // namespace vigie::redis
