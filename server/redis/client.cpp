#include "redis/client.hpp"

#include "redis/keeper.hpp"

#include <utility>

namespace vigie::redis {
namespace {

using Answer = Result<Reply, Failed>;
using Answers = Result<std::vector<Reply>, Failed>;

asio::awaitable<Result<void, Failed>> greet(std::shared_ptr<Conversation>) {
  co_return Result<void, Failed>();
}

asio::awaitable<Result<void, Failed>> ping(std::shared_ptr<Conversation> conversation) {
  Command command{"PING"};
  auto const answer = co_await Conversation::run(conversation, std::move(command), Timeout());
  if (!answer) co_return Failure<Failed>(answer.error());
  co_return Result<void, Failed>();
}

template <class Value> asio::awaitable<Result<Value, Failed>> nothing(Failed why) {
  co_return Failure<Failed>(std::move(why));
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

asio::awaitable<Answer> eval_unknown(std::shared_ptr<Conversation> conversation, Script script,
                                     Command by_text, Timeout timeout) {
  std::vector<Command> commands;
  commands.push_back({"SCRIPT", "LOAD", script.text()});
  commands.push_back(std::move(by_text));
  auto answers = co_await Conversation::run_all(conversation, std::move(commands), timeout);
  if (!answers) co_return Failure<Failed>(answers.error());
  if (auto const* digest = answers->front().as_string()) script.learn_digest(*digest);
  co_return std::move(answers->back());
}

asio::awaitable<Answer> eval_known(std::shared_ptr<Conversation> conversation, Script script, Command command,
                                   Timeout timeout) {
  auto by_digest = command;
  auto answer = co_await Conversation::run(conversation, std::move(by_digest), timeout);
  if (!answer || !answer->is_error("NOSCRIPT")) co_return answer;
  command[0] = "EVAL";
  command[1] = script.text();
  co_return co_await Conversation::run(conversation, std::move(command), timeout);
}

} // namespace

class Client::Core {
 public:
  std::shared_ptr<Keeper> keeper;
};

Client::Client(asio::any_io_executor executor, Address address, KeepAlive options)
    : core_(std::make_shared<Core>(Core{std::make_shared<Keeper>(std::move(executor), std::move(address),
                                                                 options, Keeper::Steps{greet, ping})})) {}

Client::~Client() {
  core_->keeper->on_change({});
  core_->keeper->halt();
}

void Client::on_change(OnChange told) { core_->keeper->on_change(std::move(told)); }

void Client::start() { core_->keeper->start(); }

asio::awaitable<void> Client::stop() { return Keeper::stop(core_->keeper); }

bool Client::up() const { return core_->keeper->conversation() != nullptr; }

asio::awaitable<bool> Client::until_up(std::chrono::milliseconds at_most) {
  return Keeper::until_up(core_->keeper, at_most);
}

asio::awaitable<Answer> Client::run(Command command, Timeout timeout) {
  auto conversation = core_->keeper->conversation();
  if (!conversation) return nothing<Reply>(core_->keeper->absence());
  return Conversation::run(std::move(conversation), std::move(command), timeout);
}

asio::awaitable<Answers> Client::run_all(std::vector<Command> commands, Timeout timeout) {
  auto conversation = core_->keeper->conversation();
  if (!conversation) return nothing<std::vector<Reply>>(core_->keeper->absence());
  return Conversation::run_all(std::move(conversation), std::move(commands), timeout);
}

asio::awaitable<Answer> Client::eval(Script script, std::vector<std::string> keys,
                                     std::vector<std::string> arguments, Timeout timeout) {
  auto conversation = core_->keeper->conversation();
  if (!conversation) return nothing<Reply>(core_->keeper->absence());
  if (!script.digest().empty()) {
    auto command = call("EVALSHA", script.digest(), std::move(keys), std::move(arguments));
    return eval_known(std::move(conversation), std::move(script), std::move(command), timeout);
  }
  auto command = call("EVAL", script.text(), std::move(keys), std::move(arguments));
  return eval_unknown(std::move(conversation), std::move(script), std::move(command), timeout);
}

} // namespace vigie::redis
