#include "redis/waiter.hpp"

#include "redis/gate.hpp"
#include "redis/redirection.hpp"

#include <random>
#include <utility>

namespace vigie::redis {
namespace {

/// So many nodes in a row may say that another one has the key.
constexpr int most_redirections = 5;
constexpr Backoff::Bounds pauses{std::chrono::milliseconds(100), std::chrono::milliseconds(100)};

} // namespace

Waiter::Waiter(asio::any_io_executor executor, std::shared_ptr<Client> client, std::string key)
    : executor_(std::move(executor)), client_(std::move(client)), key_(std::move(key)),
      backoff_(pauses, std::random_device()()) {}

void Waiter::interrupt() {
  if (connection_) connection_->close();
}

asio::awaitable<Result<Reply, Failed>> Waiter::run(Command command, std::chrono::milliseconds at_most) {
  auto place = client_->home_of(key_);
  bool asking = false;
  for (int redirections = 0; place && redirections < most_redirections; ++redirections) {
    auto const there = *place;
    auto const connected = co_await connect(there);
    if (!connected) co_return Failure<Failed>(connected.error());
    auto words = command;
    auto answer = co_await ask(std::move(words), asking, at_most);
    auto const redirection = answer ? redirection_in(*answer, there) : std::nullopt;
    if (!redirection) co_return answer;
    asking = redirection->kind == Redirection::Kind::asking;
    if (redirection->kind == Redirection::Kind::moved) client_->moved(key_, redirection->node);
    if (redirection->kind == Redirection::Kind::later) co_await pause();
    place = redirection->kind == Redirection::Kind::later ? client_->home_of(key_) : redirection->node;
  }
  if (!place) co_return Failure<Failed>(place.error());
  co_return Failure<Failed>({Trouble::disconnected, place->name() + ": no node has the key for now"});
}

asio::awaitable<void> Waiter::pause() {
  auto const moment = std::make_shared<Gate>(executor_, backoff_.next());
  co_await Gate::wait(moment);
}

asio::awaitable<Result<Reply, Failed>> Waiter::ask(Command command, bool asking,
                                                   std::chrono::milliseconds at_most) {
  std::vector<Command> commands;
  if (asking) commands.push_back({"ASKING"});
  commands.push_back(std::move(command));
  auto const connection = connection_;
  waiting_ = true;
  auto answers = co_await connection->run_all(std::move(commands), at_most);
  waiting_ = false;
  if (!answers) co_return Failure<Failed>(answers.error());
  co_return std::move(answers->back());
}

asio::awaitable<Result<void, Failed>> Waiter::connect(Address place) {
  bool const there = !waiting_ && connection_ && connection_->connected() && place_ == place;
  if (there) co_return Result<void, Failed>();
  connection_ = std::make_shared<Connection>(executor_, place);
  place_ = std::move(place);
  waiting_ = false;
  auto const connection = connection_;
  co_return co_await connection->connect();
}

} // namespace vigie::redis
