#include "redis/conversation.hpp"

#include <asio/ip/tcp.hpp>

#include <algorithm>
#include <utility>

namespace vigie::redis {
namespace {

template <class Value> asio::awaitable<Result<Value, Failed>> at_once(Result<Value, Failed> result) {
  co_return std::move(result);
}

} // namespace

Conversation::Conversation(asio::any_io_executor executor, Address address, Options options)
    : executor_(executor), address_(std::move(address)), options_(options),
      link_(std::make_unique<Link>(executor, options.gather)) {}

void Conversation::close(std::string why) {
  closing_ = true;
  link_->close(std::move(why));
  if (auto name = name_awaited_.lock()) name->open();
}

std::chrono::milliseconds Conversation::left_until(Instant deadline) const {
  auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return std::max(left, std::chrono::milliseconds(0));
}

Failure<Failed> Conversation::lost() const {
  auto const& why = link_->why_closed();
  return Failure<Failed>({Trouble::disconnected, address_.name() + ": " + (why.empty() ? "closed" : why)});
}

asio::awaitable<Result<void, Failed>> Conversation::connect(Self self) {
  auto const deadline = std::chrono::steady_clock::now() + self->options_.connect_timeout;
  Ips ips;
  if (self->address_.unix_socket.empty())
    ips = co_await look_up(self, deadline);
  else
    ips.emplace_back();
  auto waiting = static_cast<int>(ips.size());
  for (auto const& ip : ips) {
    if (self->closing_) break;
    auto const share =
        self->left_until(deadline) / waiting--; // one that is silent leaves time for the others
    auto const until = std::chrono::steady_clock::now() + share;
    co_await reach(self, ip, until);
    if (self->link_->state() == Link::State::connected) co_return co_await introduce(self, deadline);
  }
  if (!ips.empty() || self->closing_) co_return self->lost();
  co_return Failure<Failed>(
      {Trouble::disconnected, self->address_.name() + ": the host's name is not known"});
}

/// The answer of a name server that comes too late finds nobody waiting and is forgotten.
asio::awaitable<Conversation::Ips> Conversation::look_up(Self self, Instant deadline) {
  asio::error_code not_numeric;
  asio::ip::make_address(self->address_.host, not_numeric);
  if (!not_numeric) co_return Ips{self->address_.host};

  auto const known = std::make_shared<Gate>(self->executor_, self->left_until(deadline));
  auto const ips = std::make_shared<Ips>();
  auto const resolver = std::make_shared<asio::ip::tcp::resolver>(self->executor_);
  self->name_awaited_ = known;
  auto const answered = [known, ips, resolver](asio::error_code, auto const& found) {
    for (auto const& entry : found) ips->push_back(entry.endpoint().address().to_string());
    known->open();
  };
  resolver->async_resolve(self->address_.host, "", answered);
  co_await Gate::wait(known);
  resolver->cancel(); // else one that nobody waits for any more keeps the next one waiting
  co_return *ips;
}

/// A link for each attempt, since a hiredis context connects once.
asio::awaitable<void> Conversation::reach(Self self, std::string ip, Instant deadline) {
  self->link_ = std::make_unique<Link>(self->executor_, self->options_.gather);
  if (ip.empty())
    self->link_->open_unix(self->address_.unix_socket);
  else
    self->link_->open_tcp(ip, self->address_.port);
  if (self->link_->state() != Link::State::connecting) co_return;
  auto const changed = self->link_->changed().listen(self->executor_, self->left_until(deadline));
  if (co_await Gate::wait(changed) != Passed::opened) self->link_->close("no connection in time");
}

std::vector<Command> Conversation::introduction() const {
  std::vector<Command> commands;
  if (!address_.password.empty() && address_.username.empty())
    commands.push_back({"AUTH", address_.password});
  else if (!address_.password.empty())
    commands.push_back({"AUTH", address_.username, address_.password});
  if (address_.database != 0) commands.push_back({"SELECT", std::to_string(address_.database)});
  commands.push_back({"PING"});
  return commands;
}

asio::awaitable<Result<void, Failed>> Conversation::introduce(Self self, Instant deadline) {
  auto const commands = self->introduction();
  auto const exchange = self->begin(commands, self->left_until(deadline));
  if (!exchange) co_return Failure<Failed>(exchange.error());
  auto const replies = co_await settle(self, *exchange);
  if (!replies) co_return Failure<Failed>(replies.error());
  for (auto const& reply : *replies) {
    if (!reply.error()) continue;
    self->close(*reply.error());
    co_return Failure<Failed>({Trouble::refused, self->address_.name() + ": " + *reply.error()});
  }
  self->ready_ = true;
  co_return Result<void, Failed>();
}

Result<std::shared_ptr<Exchange>, Failed> Conversation::begin(std::span<Command const> commands,
                                                              std::chrono::milliseconds timeout) {
  if (link_->state() != Link::State::connected) return lost();
  if (std::ranges::any_of(commands, &Command::empty))
    return Failure<Failed>({Trouble::refused, "a command without a verb"});
  if (link_->pending() + commands.size() > options_.max_pending)
    return Failure<Failed>({Trouble::overloaded, address_.name() + ": too many commands await a reply"});
  if (link_->unsent() > options_.max_unsent)
    return Failure<Failed>({Trouble::overloaded, address_.name() + ": too many bytes wait to be sent"});
  bool const is_long = timeout > options_.command_timeout;
  auto const at_most = is_long ? timeout : held_up_for() + timeout;
  auto exchange = std::make_shared<Exchange>(executor_, at_most, commands.size());
  if (is_long) note_long(exchange, at_most);
  link_->send(commands, exchange);
  return exchange;
}

/// Those before it may hold up what follows for longer.
void Conversation::note_long(std::shared_ptr<Exchange> const& exchange, std::chrono::milliseconds at_most) {
  auto const now = std::chrono::steady_clock::now();
  held_up_until_ = now + std::max(held_up_for(), at_most);
  last_long_ = exchange;
}

std::chrono::milliseconds Conversation::held_up_for() const {
  auto const last = last_long_.lock();
  bool const under_way = last && !last->complete();
  return under_way ? left_until(held_up_until_) : std::chrono::milliseconds(0);
}

Conversation::Replies Conversation::settled(Exchange& exchange, Passed passed) {
  if (exchange.complete()) return std::move(exchange.replies);
  if (passed == Passed::opened) return lost();
  if (passed == Passed::cancelled)
    return Failure<Failed>({Trouble::disconnected, "nobody waits for the reply any more"});
  link_->close("a reply was late");
  return Failure<Failed>({Trouble::timed_out, address_.name() + ": no reply in time"});
}

asio::awaitable<Conversation::Replies> Conversation::settle(Self self, std::shared_ptr<Exchange> exchange) {
  auto const passed = co_await Gate::wait(exchange->answered);
  co_return self->settled(*exchange, passed);
}

asio::awaitable<Result<Reply, Failed>> Conversation::settle_one(Self self,
                                                                std::shared_ptr<Exchange> exchange) {
  auto const passed = co_await Gate::wait(exchange->answered);
  auto replies = self->settled(*exchange, passed);
  if (!replies) co_return Failure<Failed>(std::move(replies.error()));
  co_return std::move(replies->front());
}

asio::awaitable<Result<Reply, Failed>> Conversation::run(Self self, Command const& command, Timeout timeout) {
  if (!self->ready_) return at_once<Reply>(self->lost());
  auto exchange = self->begin({&command, 1}, timeout.value_or(self->options_.command_timeout));
  if (!exchange) return at_once<Reply>(Failure<Failed>(std::move(exchange.error())));
  return settle_one(std::move(self), std::move(*exchange));
}

asio::awaitable<Result<std::vector<Reply>, Failed>>
Conversation::run_all(Self self, std::span<Command const> commands, Timeout timeout) {
  if (!self->ready_) return at_once<std::vector<Reply>>(self->lost());
  if (commands.empty()) return at_once<std::vector<Reply>>(std::vector<Reply>());
  auto exchange = self->begin(commands, timeout.value_or(self->options_.command_timeout));
  if (!exchange) return at_once<std::vector<Reply>>(Failure<Failed>(std::move(exchange.error())));
  return settle(std::move(self), std::move(*exchange));
}

asio::awaitable<bool> Conversation::still_open_after(Self self, std::chrono::milliseconds time) {
  if (!self->ready()) co_return false;
  auto const changed = self->link_->changed().listen(self->executor_, time);
  co_await Gate::wait(changed);
  co_return self->ready();
}

} // namespace vigie::redis
