#include "journal/verify.hpp"

#include "domain/decide.hpp"
#include "journal/chain.hpp"
#include "journal/snapshots.hpp"
#include "protocol/codec/codec.hpp"

#include <charconv>

namespace vigie::journal {
namespace {

constexpr auto page = "500";

/// What Redis itself, and the snapshot, remember of the journal's end.
struct Traces {
  protocol::Version last_taken{}; ///< the last number ever given
  std::uint64_t ever_added{};     ///< 0 where this Redis does not count
  std::uint64_t length{};         ///< commits there are
  protocol::Version snapshot_knows{};
};

std::uint64_t leading_number(redis::Reply const& reply) {
  std::uint64_t number{};
  if (auto const* text = reply.as_string())
    std::from_chars(text->data(), text->data() + text->size(), number);
  else if (auto const integer = reply.as_integer())
    number = static_cast<std::uint64_t>(*integer);
  return number;
}

Traces traces_in(redis::Reply const& info, redis::Reply const& snapshot_version) {
  Traces traces;
  traces.snapshot_knows = leading_number(snapshot_version);
  auto const* fields = info.as_array();
  for (std::size_t i = 0; fields && i + 1 < fields->size(); i += 2) {
    auto const* name = (*fields)[i].as_string();
    auto const& value = (*fields)[i + 1];
    if (name && *name == "last-generated-id") traces.last_taken = leading_number(value);
    if (name && *name == "entries-added") traces.ever_added = leading_number(value);
    if (name && *name == "length") traces.length = leading_number(value);
  }
  return traces;
}

asio::awaitable<Result<Traces, redis::Failed>> traces_of(std::shared_ptr<redis::Client> client, Keys keys) {
  std::vector<redis::Command> commands{{"XINFO", "STREAM", keys.journal}, {"HGET", keys.snapshot, "version"}};
  auto const replies = co_await client->run_all(std::move(commands));
  if (!replies) co_return Failure<redis::Failed>(replies.error());
  co_return traces_in((*replies)[0], (*replies)[1]);
}

/// Looks at the end of a journal that is whole up to there.
std::string problem_at_end(Traces const& traces, protocol::Version last) {
  auto const known = std::max(traces.last_taken, traces.snapshot_knows);
  if (known > last)
    return "The end was cut off: commit " + std::to_string(last + 1) + " and what followed, up to " +
           std::to_string(known) + ", are missing.";
  if (traces.length > last)
    return "There are entries that are no commits: " + std::to_string(traces.length) + " against " +
           std::to_string(last) + ".";
  if (traces.ever_added > traces.length)
    return "More commits were written than are there: " + std::to_string(traces.ever_added) + " against " +
           std::to_string(traces.length) + ".";
  return {};
}

/// How far a walk came, and what stopped it; a flaw without a sentence is none.
struct Walked {
  ChainWalk walk;
  Flaw flaw;
  std::string snapshot_problem;
};

Verdict verdict_on(Walked const& walked) {
  auto const& [walk, flaw, snapshot_problem] = walked;
  return {walk.version(), flaw.sentence.empty() ? 0 : flaw.version, flaw.sentence, walk.hash(),
          snapshot_problem};
}

/// Folds what passes, up to the commit of the stored snapshot, and compares it there.
class SnapshotProof {
 public:
  explicit SnapshotProof(std::optional<StoredSnapshot> snapshot) : snapshot_(std::move(snapshot)) {}

  void take(protocol::Commit const& commit, std::string const& hash) {
    if (!snapshot_ || commit.version > snapshot_->version) return;
    domain::evolve(state_, commit);
    if (commit.version < snapshot_->version) return;
    auto const name = "The snapshot at commit " + std::to_string(commit.version);
    if (hash != snapshot_->hash)
      problem_ = name + " was made of other commits than are there.";
    else if (protocol::encode(domain::snapshot_of(state_)) != snapshot_->state)
      problem_ = name + " was changed: it holds another state than the commits up to there make.";
  }

  std::string const& problem() const { return problem_; }

 private:
  std::optional<StoredSnapshot> snapshot_;
  domain::State state_;
  std::string problem_;
};

asio::awaitable<Result<Walked, redis::Failed>> walk_to_end(std::shared_ptr<redis::Client> client,
                                                           std::string journal_key,
                                                           std::optional<StoredSnapshot> snapshot) {
  ChainWalk walk(0, chain_start(journal_key));
  SnapshotProof proof(std::move(snapshot));
  for (;;) {
    redis::Command command{"XRANGE", journal_key, std::to_string(walk.version() + 1), "+", "COUNT", page};
    auto const reply = co_await client->run(std::move(command));
    if (!reply) co_return Failure<redis::Failed>(reply.error());
    auto const stored = stored_commits(*reply);
    if (!stored)
      co_return Walked{walk, {walk.version() + 1, "The journal is not a stream that can be read."}, {}};
    if (stored->empty()) co_return Walked{walk, {walk.version() + 1, {}}, proof.problem()};
    for (auto const& next : *stored) {
      auto const commit = walk.step(next);
      if (!commit) co_return Walked{walk, commit.error(), proof.problem()};
      proof.take(*commit, walk.hash());
    }
  }
}

} // namespace

asio::awaitable<Result<Verdict, redis::Failed>> verify(std::shared_ptr<redis::Client> client,
                                                       protocol::ServiceId service) {
  Keys const keys(service);
  Snapshots snapshots(client, keys);
  auto const snapshot = co_await snapshots.stored();
  if (!snapshot) co_return Failure<redis::Failed>(snapshot.error());
  auto const traces = co_await traces_of(client, keys);
  if (!traces) co_return Failure<redis::Failed>(traces.error());
  auto walked = co_await walk_to_end(client, keys.journal, *snapshot);
  if (!walked) co_return Failure<redis::Failed>(walked.error());
  if (walked->flaw.sentence.empty()) walked->flaw.sentence = problem_at_end(*traces, walked->walk.version());
  co_return verdict_on(*walked);
}

} // namespace vigie::journal
