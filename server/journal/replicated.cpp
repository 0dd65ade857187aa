#include "journal/replicated.hpp"

#include "runtime/log.hpp"

namespace vigie::journal {
namespace {

constexpr auto longer_than_the_wait = std::chrono::seconds(2);

redis::Command evaluation(redis::Script const& script, std::vector<std::string> const& keys,
                          std::vector<std::string> const& arguments) {
  bool const known = !script.digest().empty();
  redis::Command command{known ? "EVALSHA" : "EVAL", known ? script.digest() : script.text(),
                         std::to_string(keys.size())};
  command.insert(command.end(), keys.begin(), keys.end());
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

} // namespace

asio::awaitable<Result<redis::Reply, redis::Failed>>
Replicated::eval(redis::Script script, std::vector<std::string> keys, std::vector<std::string> arguments) {
  if (!needed()) return client_->eval(std::move(script), std::move(keys), std::move(arguments));
  return eval_and_wait(std::move(script), std::move(keys), std::move(arguments));
}

asio::awaitable<Result<redis::Reply, redis::Failed>> Replicated::run_and_wait(redis::Command command) {
  std::vector<redis::Command> commands;
  commands.push_back(std::move(command));
  commands.push_back({"WAIT", std::to_string(replicas_.wait_for), std::to_string(replicas_.at_most.count())});
  auto replies = co_await client_->run_all(std::move(commands), replicas_.at_most + longer_than_the_wait);
  if (!replies) co_return Failure<redis::Failed>(replies.error());
  co_return judged(std::move(*replies));
}

/// Tells whether the script has a digest.
asio::awaitable<bool> Replicated::learn(redis::Script script) {
  if (!script.digest().empty()) co_return true;
  redis::Command load{"SCRIPT", "LOAD", script.text()};
  auto const reply = co_await client_->run(std::move(load));
  if (reply && reply->as_string()) script.learn_digest(*reply->as_string());
  co_return !script.digest().empty();
}

/// A script that Redis does not know is sent as a text; what the WAIT behind it said is worth nothing then.
asio::awaitable<Result<redis::Reply, redis::Failed>>
Replicated::eval_and_wait(redis::Script script, std::vector<std::string> keys,
                          std::vector<std::string> arguments) {
  bool const known = co_await learn(script);
  auto command = evaluation(script, keys, arguments);
  auto reply = co_await run_and_wait(std::move(command));
  if (!known || !reply || !reply->is_error("NOSCRIPT")) co_return reply;
  command = evaluation(redis::Script(script.text()), keys, arguments);
  co_return co_await run_and_wait(std::move(command));
}

Result<redis::Reply, redis::Failed> Replicated::judged(std::vector<redis::Reply> replies) {
  if (replies.front().error()) return std::move(replies.front());
  auto const hold_it = replies.back().as_integer().value_or(0);
  bool const too_few = hold_it < replicas_.wait_for;
  if (too_few && !std::exchange(too_few_, too_few))
    log::warn("journal", std::to_string(hold_it) + " of " + std::to_string(replicas_.wait_for) +
                             " replicas hold what was written; nothing counts until they do");
  too_few_ = too_few;
  if (!too_few) return std::move(replies.front());
  return Failure<redis::Failed>({redis::Trouble::timed_out, "too few replicas hold it"});
}

} // namespace vigie::journal
