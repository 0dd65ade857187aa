#include "journal/redis_journal.hpp"

#include "journal/append_request.hpp"
#include "journal/hashes.hpp"
#include "journal/identity.hpp"
#include "journal/scripts.hpp"
#include "journal/vault.hpp"
#include "runtime/log.hpp"

#include <algorithm>
#include <limits>

namespace vigie::journal {
namespace {

constexpr std::size_t subjects_at_once = 500;

std::string count_text(std::size_t limit) {
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return std::to_string(std::min(limit, most));
}

/// Adds what is kept under each subject to `found`; answers false where Redis refused.
bool collect(std::vector<protocol::SubjectId> const& subjects, std::size_t first,
             std::vector<redis::Reply> const& replies, std::vector<protocol::Confidence>& found) {
  for (std::size_t i = 0; i < replies.size(); ++i) {
    if (replies[i].error()) return false;
    if (auto particulars = particulars_in(replies[i]))
      found.push_back({subjects[first + i], std::move(*particulars)});
  }
  return true;
}

} // namespace

RedisJournal::RedisJournal(asio::any_io_executor executor, std::shared_ptr<redis::Client> client,
                           redis::Address address, protocol::Service const& service,
                           std::chrono::milliseconds patience)
    : client_(std::move(client)), service_(service.id.value),
      confidences_kept_for_(service.confidences_kept_for), patience_(patience), keys_(service.id),
      tail_(std::move(executor), std::move(address), keys_.journal), snapshots_(client_, keys_),
      hashes_(chain_start(keys_.journal)) {}

asio::awaitable<engine::Append> RedisJournal::append(std::vector<engine::Entry> entries) {
  if (entries.empty()) co_return engine::Append::taken;
  if (!in_order(entries)) co_return engine::Append::conflict;
  auto version = entries.front().commit.version - 1;
  auto const hash = co_await hash_at(version);
  if (!hash && hash.error() == NoHash::no_such_commit) co_return engine::Append::conflict;
  if (!hash) co_return engine::Append::unavailable;
  auto request = append_request(keys_, *hash, entries, confidences_kept_for_);
  auto const reply =
      co_await client_->eval(append_script(), std::move(request.keys), std::move(request.arguments));
  if (!reply) co_return engine::Append::unavailable;
  auto const result = outcome(*reply, version);
  if (result == engine::Append::taken)
    for (auto& taken : request.hashes) hashes_.note(++version, std::move(taken));
  co_return result;
}

/// A conflict is answered only where reading on will help.
engine::Append RedisJournal::outcome(redis::Reply const& reply, protocol::Version before) const {
  auto const* parts = reply.as_array();
  auto const* word = parts && parts->size() == 2 ? (*parts)[0].as_string() : nullptr;
  auto const last = word ? (*parts)[1].as_integer().value_or(0) : 0;
  if (word && *word == "taken") return engine::Append::taken;
  if (word && *word == "conflict" && static_cast<protocol::Version>(last) > before)
    return engine::Append::conflict;
  if (!word)
    complain("Redis did not take commits: " + (reply.error() ? *reply.error() : "unexpected answer"));
  else if (*word == "cut")
    complain("commits after " + std::to_string(last) + " were taken away from its end; run verify-journal");
  else
    complain("it ends at " + std::to_string(last) + " and is not the history known here, which has " +
             std::to_string(before) + " commits");
  return engine::Append::unavailable;
}

asio::awaitable<std::optional<std::vector<protocol::Commit>>> RedisJournal::read(protocol::Version version,
                                                                                 std::size_t limit) {
  auto hash = co_await hash_to_follow(version);
  if (!hash) co_return std::nullopt;
  redis::Command command{"XRANGE", keys_.journal, std::to_string(version + 1),
                         "+",      "COUNT",       count_text(limit)};
  auto const reply = co_await client_->run(std::move(command));
  if (!reply) co_return std::nullopt;
  co_return checked(*reply, version, std::move(*hash));
}

asio::awaitable<std::optional<std::vector<protocol::Commit>>> RedisJournal::wait(protocol::Version version) {
  auto const reply = co_await tail_.next(version, patience_);
  if (!reply) co_return std::nullopt;
  if (reply->is_nil()) co_return std::vector<protocol::Commit>{};
  auto const* entries = entries_of_only_stream(*reply);
  auto hash = co_await hash_to_follow(version);
  if (!entries || !hash) co_return std::nullopt;
  co_return checked(*entries, version, std::move(*hash));
}

std::optional<std::vector<protocol::Commit>>
RedisJournal::checked(redis::Reply const& entries, protocol::Version version, std::string hash) {
  auto const stored = stored_commits(entries);
  if (!stored) return std::nullopt;
  ChainWalk walk(version, std::move(hash));
  std::vector<protocol::Commit> commits;
  commits.reserve(stored->size());
  for (auto const& next : *stored) {
    auto commit = walk.step(next);
    if (!commit) {
      complain("its chain is broken at " + std::to_string(commit.error().version) + ". " +
               commit.error().sentence);
      return std::nullopt;
    }
    hashes_.note(walk.version(), walk.hash());
    commits.push_back(std::move(*commit));
  }
  return commits;
}

asio::awaitable<Result<std::string, RedisJournal::NoHash>> RedisJournal::hash_at(protocol::Version version) {
  if (auto known = hashes_.at(version)) co_return std::move(*known);
  auto const text = std::to_string(version);
  redis::Command command{"XRANGE", keys_.journal, text, text};
  auto const reply = co_await client_->run(std::move(command));
  auto const stored = reply ? stored_commits(*reply) : std::nullopt;
  if (!stored) co_return Failure<NoHash>(NoHash::unreachable);
  if (stored->empty()) co_return Failure<NoHash>(NoHash::no_such_commit);
  hashes_.note(version, stored->front().hash);
  co_return stored->front().hash;
}

asio::awaitable<std::optional<std::string>> RedisJournal::hash_to_follow(protocol::Version version) {
  auto hash = co_await hash_at(version);
  if (hash) co_return std::move(*hash);
  if (hash.error() == NoHash::no_such_commit)
    complain("commit " + std::to_string(version) + ", known here, is not in it");
  co_return std::nullopt;
}

asio::awaitable<std::optional<protocol::Snapshot>> RedisJournal::load_snapshot() {
  auto sealed = co_await snapshots_.load();
  if (!sealed) co_return std::nullopt;
  if (sealed->snapshot.version > 0) hashes_.note(sealed->snapshot.version, std::move(sealed->hash));
  co_return std::move(sealed->snapshot);
}

asio::awaitable<bool> RedisJournal::save_snapshot(protocol::Snapshot snapshot) {
  if (snapshot.version == 0) co_return true;
  auto hash = co_await hash_to_follow(snapshot.version);
  if (!hash) co_return false;
  SealedSnapshot sealed{std::move(snapshot), std::move(*hash)};
  auto const saved = co_await snapshots_.save(std::move(sealed));
  co_return saved.has_value();
}

asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
RedisJournal::confidences(std::vector<protocol::SubjectId> subjects) {
  std::vector<protocol::Confidence> found;
  for (std::size_t first = 0; first < subjects.size(); first += subjects_at_once) {
    std::vector<redis::Command> commands;
    for (auto i = first; i < std::min(first + subjects_at_once, subjects.size()); ++i)
      commands.push_back({"HGETALL", keys_.vault(subjects[i])});
    auto const replies = co_await client_->run_all(std::move(commands));
    if (!replies || !collect(subjects, first, *replies, found)) co_return std::nullopt;
  }
  co_return found;
}

protocol::CallerKey RedisJournal::caller_key(std::string const& number) const {
  if (caller_hashing_key_.empty()) return {};
  return {keyed_hash(caller_hashing_key_, number)};
}

asio::awaitable<std::optional<protocol::Text<64>>> RedisJournal::load_identity() {
  auto identity = co_await journal::load_identity(client_, keys_);
  if (!identity) co_return std::nullopt;
  caller_hashing_key_ = std::move(identity->caller_hashing_key);
  co_return protocol::Text<64>{std::move(identity->line)};
}

void RedisJournal::complain(std::string const& sentence) const {
  log::error("journal", "the journal of " + service_ + " cannot be built on: " + sentence);
}

} // namespace vigie::journal
