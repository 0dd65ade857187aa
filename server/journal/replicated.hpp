#pragma once

#include "redis/client.hpp"

namespace vigie::journal {

/// How many replicas of the journal's Redis must hold something before it counts.
struct Replicas {
  int wait_for = 0;                        ///< 0: what Redis has on its own disk counts
  std::chrono::milliseconds at_most{1000}; ///< then it does not count yet; larger than 0
};

/// Runs scripts so that their replies count only once enough replicas hold what they wrote, and all that was
/// written before: WAIT follows right behind on the same connection. After a script that wrote nothing it may
/// have nothing to ask for.
class Replicated {
 public:
  Replicated(std::shared_ptr<redis::Client> client, Replicas replicas)
      : client_(std::move(client)), replicas_(replicas) {}

  /// Whether a reply needs replicas to count.
  bool needed() const { return replicas_.wait_for > 0; }

  /// As Client::eval. Timed out where fewer replicas hold it: whether it lasts is not known yet.
  asio::awaitable<Result<redis::Reply, redis::Failed>>
  eval(redis::Script script, std::vector<std::string> keys, std::vector<std::string> arguments);

 private:
  asio::awaitable<Result<redis::Reply, redis::Failed>> run_and_wait(redis::Command command);
  asio::awaitable<Result<redis::Reply, redis::Failed>>
  eval_and_wait(redis::Script script, std::vector<std::string> keys, std::vector<std::string> arguments);
  asio::awaitable<bool> learn(redis::Script script);
  Result<redis::Reply, redis::Failed> judged(std::vector<redis::Reply> replies);

  std::shared_ptr<redis::Client> client_;
  Replicas replicas_;
  bool too_few_ = false; ///< the last time
};

} // namespace vigie::journal
