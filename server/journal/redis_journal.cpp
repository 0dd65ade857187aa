#include "journal/redis_journal.hpp"

#include "journal/hashes.hpp"
#include "journal/scripts.hpp"
#include "journal/vault.hpp"
#include "protocol/codec/codec.hpp"
#include "runtime/log.hpp"

#include <algorithm>
#include <limits>

namespace vigie::journal {
namespace {

constexpr std::size_t subjects_at_once = 500;
constexpr auto enough_for_many = std::chrono::seconds(20);
/// Processes that hold what a Redis lacks come back to it within so long, and put it back without a longer
/// pause …
constexpr std::chrono::milliseconds put_back_within{2500};
/// … and nobody waits longer for one that is never done.
constexpr auto waits_for_others_at_most = std::chrono::seconds(10);

std::string cut_after(std::string const& last) {
  return "commits after " + last + " were taken away from its end; run verify-journal";
}

/// So many, with the commit before them, if there is one.
std::string count_text(std::size_t limit, protocol::Version version) {
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max()) - 1;
  return std::to_string(std::min(limit, most) + (version > 0 ? 1 : 0));
}

/// Whether Redis answers with the commit of this hash alone.
bool is_commit(redis::Reply const& reply, std::string const& hash) {
  auto const stored = stored_commits(reply);
  return stored && stored->size() == 1 && stored->front().hash == hash;
}

/// Seconds, and µs of the next one.
std::optional<protocol::Instant> time_in(redis::Reply const& reply) {
  auto const* parts = reply.as_array();
  bool const whole = parts && parts->size() == 2;
  auto const* seconds = whole ? (*parts)[0].as_string() : nullptr;
  auto const* parted = whole ? (*parts)[1].as_string() : nullptr;
  if (!seconds || !parted) return std::nullopt;
  std::chrono::microseconds const since =
      std::chrono::seconds{std::stoll(*seconds)} + std::chrono::microseconds{std::stoll(*parted)};
  return protocol::Instant{std::chrono::floor<std::chrono::milliseconds>(since)};
}

/// Commands and reasons by turns. What cannot be read was written by another version of the program.
engine::Refusals refusals_in(redis::Reply const& reply) {
  engine::Refusals refusals;
  auto const* parts = reply.as_array();
  for (std::size_t i = 0; parts && i + 1 < parts->size(); i += 2) {
    auto const* command = (*parts)[i].as_string();
    auto const* reason = (*parts)[i + 1].as_string();
    if (!command || !reason) continue;
    auto const read = protocol::decode<protocol::RefusedCommand>(*reason, protocol::from_own_store);
    auto const refused = read.value_or(protocol::RefusedCommand{protocol::Rejection::not_allowed, {}});
    refusals.emplace(protocol::CommandId{*command}, domain::Refusal{refused.reason, refused.path});
  }
  return refusals;
}

/// Adds what is kept under each subject to `found`; answers with the first refusal of Redis, null where there
/// is none.
redis::Reply const* collect(std::vector<protocol::SubjectId> const& subjects, std::size_t first,
                            std::vector<redis::Reply> const& replies,
                            std::vector<protocol::Confidence>& found) {
  for (std::size_t i = 0; i < replies.size(); ++i) {
    if (replies[i].error()) return &replies[i];
    if (auto particulars = particulars_in(replies[i]))
      found.push_back({subjects[first + i], std::move(*particulars)});
  }
  return nullptr;
}

} // namespace

RedisJournal::RedisJournal(asio::any_io_executor executor, std::shared_ptr<redis::Client> client,
                           std::shared_ptr<redis::Subscriber> ear, protocol::Service const& service,
                           std::chrono::milliseconds patience, Replicas replicas)
    : client_(std::move(client)), replicated_(client_, replicas), service_(service.id.value),
      confidences_kept_for_(service.confidences_kept_for), patience_(patience), keys_(service.id),
      news_(std::move(executor), std::move(ear), keys_.news), snapshots_(client_, keys_),
      known_(chain_start(keys_.journal)) {}

asio::awaitable<engine::Settled> RedisJournal::settle(engine::Decisions decisions) {
  auto asked = answered_by(decisions);
  co_return co_await settle(std::move(decisions), std::move(asked));
}

asio::awaitable<engine::Append> RedisJournal::append(std::vector<engine::Entry> entries) {
  if (entries.empty()) co_return engine::Append::taken;
  auto const first = entries.front().commit.version;
  engine::Decisions lost{first - 1, std::move(entries), {}};
  auto const settled = co_await settle(std::move(lost), {});
  co_return settled.outcome;
}

asio::awaitable<engine::Settled> RedisJournal::settle(engine::Decisions decisions,
                                                      std::vector<protocol::CommandId> asked) {
  if (!in_order(decisions)) co_return engine::Settled{engine::Append::conflict, {}};
  auto const version = decisions.after;
  auto const hash = co_await hash_at(version);
  if (!hash && hash.error() == NoHash::no_such_commit)
    co_return engine::Settled{engine::Append::conflict, {}};
  if (!hash) co_return engine::Settled{};
  auto request =
      append_request(keys_, news_.sender(), *hash, decisions, asked, known_, confidences_kept_for_);
  auto const reply =
      co_await replicated_.eval(append_script(), std::move(request.keys), std::move(request.arguments));
  if (!reply) co_return engine::Settled{};
  auto result = settled(*reply);
  if (result.outcome != engine::Append::taken) co_return result;
  if (!builds_on_what_is_known(version, *hash, request))
    co_return engine::Settled{engine::Append::conflict, {}};
  note_appended(version, std::move(request));
  co_return result;
}

/// Another history may have been read while Redis answered: by then it had been replaced, and what it took
/// was lost with it.
bool RedisJournal::builds_on_what_is_known(protocol::Version version, std::string const& hash,
                                           AppendRequest const& request) const {
  if (known_.hash_at(version) != hash) return false;
  for (auto const& appended : request.hashes)
    if (known_.known_otherwise(++version, appended)) return false;
  return true;
}

void RedisJournal::note_appended(protocol::Version version, AppendRequest request) {
  for (std::size_t i = 0; i < request.hashes.size(); ++i)
    known_.note(++version, std::move(request.hashes[i]), std::move(request.commits[i]));
}

engine::Settled RedisJournal::settled(redis::Reply const& reply) {
  auto const* parts = reply.as_array();
  auto const* word = parts && parts->size() == 2 ? (*parts)[0].as_string() : nullptr;
  if (word && *word == "taken") return {engine::Append::taken, {}};
  if (word && *word == "conflict") return {engine::Append::conflict, {}};
  if (word && *word == "refused") return {engine::Append::conflict, refusals_in((*parts)[1])};
  if (!word)
    complain_of(reply);
  else
    complain(cut_after(std::to_string((*parts)[1].as_integer().value_or(0))));
  return {};
}

/// Writes as an append would, to the disk too. Nothing is built on a journal whose end was cut.
asio::awaitable<bool> RedisJournal::takes_commits() {
  if (!identity_) co_return false;
  std::vector<std::string> key{keys_.identity};
  auto const reply = co_await replicated_.eval(asking_script(), std::move(key), {});
  if (reply && reply->error()) complain_of(*reply);
  if (!reply || reply->error()) co_return false;
  auto const end = co_await this->end();
  if (!end || end->cut()) co_return false;
  bool const complete = co_await others_have_put_back(end->last);
  if (complete) complaint_.clear();
  co_return complete;
}

/// A Redis that took over may lack what other processes hold: whoever comes to it, once, gives them time to
/// put it back. It ends at `last` now.
asio::awaitable<bool> RedisJournal::others_have_put_back(protocol::Version last) {
  auto const known = co_await load_identity();
  if (!known) co_return false;
  if (!identity_->took_over || identity_->agreed_on == identity_->origin) co_return true;
  auto const now = std::chrono::steady_clock::now();
  if (come_to_.origin != identity_->origin) come_to_ = {identity_->origin, now, last, now};
  if (std::exchange(come_to_.ends_at, last) != last) come_to_.grew = now;
  bool const grows = now - come_to_.grew < put_back_within;
  if (grows && now - come_to_.came < waits_for_others_at_most) co_return false;
  co_await agree_on(client_, keys_, identity_->origin);
  co_return true;
}

asio::awaitable<std::optional<StreamEnd>> RedisJournal::end() {
  redis::Command command{"XINFO", "STREAM", keys_.journal};
  auto const reply = co_await client_->run(std::move(command));
  co_return reply ? stream_end(*reply) : std::nullopt;
}

/// What is there from `version` on. Where replicas are waited for, whoever reads news writes something behind
/// them in the same step: from Redis 7.2 on WAIT asks for no more than its own connection has written.
asio::awaitable<Result<redis::Reply, redis::Failed>> RedisJournal::entries_from(protocol::Version version,
                                                                                std::size_t limit) {
  auto first = std::to_string(std::max<protocol::Version>(version, 1));
  auto count = count_text(limit, version);
  if (!replicated_.needed())
    return client_->run({"XRANGE", keys_.journal, std::move(first), "+", "COUNT", std::move(count)});
  return replicated_.eval(reading_script(), {keys_.journal, keys_.identity},
                          {std::move(first), std::move(count), std::to_string(version)});
}

/// The commit at `version` is read too: were it another one, the history would not be the one known here.
asio::awaitable<engine::Reading> RedisJournal::read(protocol::Version version, std::size_t limit) {
  auto const known_before = known_.last();
  auto const reply = co_await entries_from(version, limit);
  auto stored = reply ? stored_commits(*reply) : std::nullopt;
  if (!stored) {
    if (reply) complain_of(*reply);
    co_return Failure<engine::Breach>(engine::Breach{});
  }
  auto hash = known_.hash_at(version);
  if (version > 0) {
    bool const is_there = !stored->empty() && stored->front().id == std::to_string(version) + "-0";
    if (!is_there || (hash && *hash != stored->front().hash))
      co_return Failure<engine::Breach>(co_await breach(version));
    hash = stored->front().hash;
    known_.note(version, *hash);
    stored->erase(stored->begin());
  }
  if (auto const other = first_other(*stored, version))
    co_return Failure<engine::Breach>(co_await breach(*other));
  // What was known beyond the end was never folded here: it was lost with a Redis that was replaced.
  auto const end = version + stored->size();
  if (stored->size() < limit && known_before > end) known_.forget_after(end);
  co_return checked(*stored, version, std::move(*hash));
}

/// The first of these that is not the one known here: this process may have appended while they were read.
std::optional<protocol::Version> RedisJournal::first_other(std::vector<StoredCommit> const& stored,
                                                           protocol::Version version) const {
  for (auto const& next : stored)
    if (known_.known_otherwise(++version, next.hash)) return version;
  return std::nullopt;
}

/// Asked by a script, which a cluster has carried out where this journal is.
asio::awaitable<std::optional<protocol::Instant>> RedisJournal::time() {
  std::vector<std::string> key{keys_.journal};
  auto const reply = co_await client_->eval(time_script(), std::move(key), {});
  co_return reply ? time_in(*reply) : std::nullopt;
}

asio::awaitable<void> RedisJournal::wait(protocol::Version version) {
  if (known_.last() <= version) co_await news_.wait(patience_);
}

engine::Reading RedisJournal::checked(std::vector<StoredCommit> const& stored, protocol::Version version,
                                      std::string hash) {
  ChainWalk walk(version, std::move(hash));
  std::vector<protocol::Commit> commits;
  commits.reserve(stored.size());
  for (auto const& next : stored) {
    auto commit = walk.step(next);
    if (!commit) {
      complain("its chain is broken at " + std::to_string(commit.error().version) + ". " +
               commit.error().sentence);
      return Failure<engine::Breach>(engine::Breach{});
    }
    known_.note(walk.version(), walk.hash(), next.commit);
    commits.push_back(std::move(*commit));
  }
  return commits;
}

/// Why the commit at `version` is not the one known here.
asio::awaitable<engine::Breach> RedisJournal::breach(protocol::Version version) {
  auto const end = co_await this->end();
  if (!end) co_return engine::Breach{};
  if (end->cut()) {
    complain(cut_after(std::to_string(end->last)));
    co_return engine::Breach{};
  }
  bool const same_so_far = end->last == 0 || known_.hash_at(end->last) == end->hash;
  if (end->last < version && same_so_far) co_return engine::Breach{engine::Breach::Kind::behind, end->last};
  auto const common = co_await last_common();
  if (!common) co_return engine::Breach{};
  co_return engine::Breach{engine::Breach::Kind::forked, *common};
}

/// The latest commit known here that the journal holds too; 0 where there is none, nothing where it cannot be
/// read.
asio::awaitable<std::optional<protocol::Version>> RedisJournal::last_common() {
  redis::Command command{"XRANGE", keys_.journal,
                         std::to_string(std::max<protocol::Version>(known_.first(), 1)), "+"};
  auto const reply = co_await client_->run(std::move(command), enough_for_many);
  auto const stored = reply ? stored_commits(*reply) : std::nullopt;
  if (!stored) co_return std::nullopt;
  auto version = std::max<protocol::Version>(known_.first(), 1);
  for (auto const& entry : *stored) {
    if (known_.hash_at(version) != entry.hash) break;
    ++version;
  }
  co_return version > known_.first() ? version - 1 : 0;
}

std::vector<protocol::Commit> RedisJournal::held_after(protocol::Version version) const {
  std::vector<protocol::Commit> held;
  for (auto const bytes : known_.commits_after(version)) {
    auto commit = protocol::decode<protocol::Commit>(bytes, protocol::from_own_store);
    if (!commit) break;
    held.push_back(std::move(*commit));
  }
  return held;
}

asio::awaitable<Result<std::string, RedisJournal::NoHash>> RedisJournal::hash_at(protocol::Version version) {
  if (auto known = known_.hash_at(version)) co_return std::move(*known);
  auto const text = std::to_string(version);
  redis::Command command{"XRANGE", keys_.journal, text, text};
  auto const reply = co_await client_->run(std::move(command));
  auto const stored = reply ? stored_commits(*reply) : std::nullopt;
  if (!stored) co_return Failure<NoHash>(NoHash::unreachable);
  if (stored->empty()) co_return Failure<NoHash>(NoHash::no_such_commit);
  known_.note(version, stored->front().hash);
  co_return stored->front().hash;
}

asio::awaitable<std::optional<protocol::Snapshot>> RedisJournal::load_snapshot() {
  auto sealed = co_await snapshots_.load();
  if (!sealed) co_return std::nullopt;
  known_.forget_all();
  if (sealed->snapshot.version > 0) known_.note(sealed->snapshot.version, std::move(sealed->hash));
  co_return std::move(sealed->snapshot);
}

asio::awaitable<bool> RedisJournal::save_snapshot(protocol::Snapshot snapshot) {
  if (snapshot.version == 0) co_return true;
  auto hash = co_await hash_at(snapshot.version);
  if (!hash) co_return false;
  SealedSnapshot sealed{std::move(snapshot), std::move(*hash)};
  auto const saved = co_await snapshots_.save(std::move(sealed));
  co_return saved.has_value();
}

/// A Redis that lacks the last commit known here lacks what was confided with it: that is lost, not expired.
asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
RedisJournal::confidences(std::vector<protocol::SubjectId> subjects) {
  std::vector<protocol::Confidence> found;
  for (std::size_t first = 0; first < subjects.size(); first += subjects_at_once) {
    auto const last = known_.last();
    auto const hash = known_.hash_at(last);
    auto const place = std::to_string(last);
    std::vector<redis::Command> commands;
    commands.push_back({"XRANGE", keys_.journal, place, place}); // what follows is of no earlier moment
    for (auto i = first; i < std::min(first + subjects_at_once, subjects.size()); ++i)
      commands.push_back({"HGETALL", keys_.vault(subjects[i])});
    auto replies = co_await client_->run_all(std::move(commands));
    if (!replies || (last > 0 && !is_commit(replies->front(), *hash))) co_return std::nullopt;
    replies->erase(replies->begin());
    auto const* refused = collect(subjects, first, *replies, found);
    if (refused) complain_of(*refused);
    if (refused) co_return std::nullopt;
  }
  co_return found;
}

protocol::CallerKey RedisJournal::caller_key(std::string const& number) const {
  if (!identity_) return {};
  return {keyed_hash(identity_->caller_hashing_key, number)};
}

asio::awaitable<std::optional<protocol::Text<64>>> RedisJournal::load_identity() {
  auto identity = co_await journal::load_identity(client_, keys_, identity_);
  if (!identity && identity.error().trouble == redis::Trouble::refused)
    complain("Redis says: " + identity.error().detail);
  if (!identity) co_return std::nullopt;
  identity_ = std::move(*identity);
  co_return protocol::Text<64>{identity_->line + identity_->origin};
}

asio::awaitable<std::optional<protocol::Text<64>>> RedisJournal::rename_line() {
  if (!identity_) co_return std::nullopt;
  auto const before = identity_->line;
  auto const known = co_await load_identity();
  if (!known || identity_->line != before) co_return known;
  auto const renamed = co_await journal::rename_line(client_, keys_, before);
  if (!renamed) co_return std::nullopt;
  co_return co_await load_identity();
}

void RedisJournal::complain_of(redis::Reply const& refusal) {
  complain("Redis says: " + (refusal.error() ? *refusal.error() : "an unexpected answer"));
}

/// Once, though it is tried again and again.
void RedisJournal::complain(std::string sentence) {
  if (sentence == complaint_) return;
  complaint_ = std::move(sentence);
  log::error("journal", "the journal of " + service_ + " cannot be built on: " + complaint_);
}

} // namespace vigie::journal
