#include "redis/client.hpp"

#include "redis/router.hpp"

#include <algorithm>
#include <utility>

namespace vigie::redis {
namespace {

using Answer = Result<Reply, Failed>;
using Answers = Result<std::vector<Reply>, Failed>;

template <class Value> asio::awaitable<Result<Value, Failed>> nothing(Failed why) {
  co_return Failure<Failed>(std::move(why));
}

asio::awaitable<Answer> led(std::shared_ptr<Router> router, Command command, Timeout timeout) {
  std::vector<Command> commands;
  commands.push_back(std::move(command));
  auto answers = co_await Router::run_all(router, std::move(commands), timeout);
  if (!answers) co_return Failure<Failed>(answers.error());
  co_return std::move(answers->front());
}

bool from_replica(Reply const& reply) { return reply.is_error("READONLY"); }
bool from_replica(std::vector<Reply> const& replies) {
  return std::ranges::any_of(replies, [](auto const& reply) { return from_replica(reply); });
}

/// A Redis that has become a replica is left: its address may lead to another one by now.
template <class Value>
asio::awaitable<Result<Value, Failed>> leaving_replica(std::shared_ptr<Conversation> talk,
                                                       asio::awaitable<Result<Value, Failed>> answer) {
  auto answered = co_await std::move(answer);
  if (answered && from_replica(*answered)) talk->close("it is a replica and takes no writes");
  co_return answered;
}

/// Where there is one node only, the way is short.
asio::awaitable<Answer> run_on(std::shared_ptr<Router> const& router, Command const& command,
                               Timeout timeout) {
  if (!router->fixed()) return led(router, command, timeout);
  auto const talk = router->straight();
  if (!talk) return nothing<Reply>(router->absence());
  return leaving_replica(talk, Conversation::run(talk, command, timeout));
}

asio::awaitable<Answers> run_all_on(std::shared_ptr<Router> const& router, std::vector<Command> commands,
                                    Timeout timeout) {
  if (!router->fixed()) return Router::run_all(router, std::move(commands), timeout);
  auto const talk = router->straight();
  if (!talk) return nothing<std::vector<Reply>>(router->absence());
  return leaving_replica(talk, Conversation::run_all(talk, commands, timeout));
}

/// How scripts are called: by the digest, or by the text, which makes Redis keep it.
Command call(std::string verb, std::string const& script, std::vector<std::string> keys,
             std::vector<std::string> arguments) {
  Command command;
  command.reserve(3 + keys.size() + arguments.size());
  command.push_back(std::move(verb));
  command.push_back(script);
  command.push_back(std::to_string(keys.size()));
  for (auto& key : keys) command.push_back(std::move(key));
  for (auto& argument : arguments) command.push_back(std::move(argument));
  return command;
}

asio::awaitable<Answer> eval_unknown(std::shared_ptr<Router> router, Script script, Command by_text,
                                     Timeout timeout) {
  std::vector<Command> commands;
  commands.push_back({"SCRIPT", "LOAD", script.text()});
  commands.push_back(std::move(by_text));
  auto answers = co_await run_all_on(router, std::move(commands), timeout);
  if (!answers) co_return Failure<Failed>(answers.error());
  if (auto const* digest = answers->front().as_string()) script.learn_digest(*digest);
  co_return std::move(answers->back());
}

asio::awaitable<Answer> eval_known(std::shared_ptr<Router> router, Script script, Command command,
                                   Timeout timeout) {
  auto answer = co_await run_on(router, command, timeout);
  if (!answer || !answer->is_error("NOSCRIPT")) co_return answer;
  command[0] = "EVAL";
  command[1] = script.text();
  co_return co_await run_on(router, command, timeout);
}

} // namespace

Client::Client(asio::any_io_executor executor, Site site, KeepAlive options)
    : router_(Router::make(std::move(executor), std::move(site), options)) {}

Client::~Client() {
  router_->on_change({});
  router_->halt();
}

void Client::on_change(OnChange told) { router_->on_change(std::move(told)); }

void Client::start() { router_->start(); }

asio::awaitable<void> Client::stop() { return Router::stop(router_); }

bool Client::up() const { return router_->up(); }

asio::awaitable<bool> Client::until_up(std::chrono::milliseconds at_most) {
  return Router::until_up(router_, at_most);
}

asio::awaitable<Answer> Client::run(Command command, Timeout timeout) {
  return run_on(router_, command, timeout);
}

asio::awaitable<Answers> Client::run_all(std::vector<Command> commands, Timeout timeout) {
  return run_all_on(router_, std::move(commands), timeout);
}

asio::awaitable<Answer> Client::eval(Script script, std::vector<std::string> keys,
                                     std::vector<std::string> arguments, Timeout timeout) {
  if (!script.digest().empty()) {
    auto command = call("EVALSHA", script.digest(), std::move(keys), std::move(arguments));
    return eval_known(router_, std::move(script), std::move(command), timeout);
  }
  auto command = call("EVAL", script.text(), std::move(keys), std::move(arguments));
  return eval_unknown(router_, std::move(script), std::move(command), timeout);
}

Result<Address, Failed> Client::home_of(std::string const& key) const { return router_->home_of(key); }

Whereabouts Client::listening_post() const {
  return [weak = std::weak_ptr(router_)](Address const* present) {
    auto const router = weak.lock();
    if (router) return router->listening_post(present);
    return Result<Address, Failed>(Failure<Failed>({Trouble::disconnected, "the client is gone"}));
  };
}

} // namespace vigie::redis
