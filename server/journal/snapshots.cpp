#include "journal/snapshots.hpp"

#include "journal/hashes.hpp"
#include "journal/scripts.hpp"
#include "journal/stored_commit.hpp"
#include "protocol/codec/codec.hpp"
#include "protocol/codec/schema.hpp"
#include "runtime/log.hpp"

#include <charconv>

namespace vigie::journal {
namespace {

constexpr auto enough_for_a_large_one = std::chrono::seconds(20);

/// To be raised when the same events fold into another state than before.
constexpr auto meaning = "3";

/// Names the format of a snapshot: another program's, with other words, is not read.
std::string const& format() {
  static std::string const name = hash(meaning + protocol::json_schema()).substr(0, 16);
  return name;
}

/// The stored fields, if this program wrote them.
std::optional<StoredSnapshot> stored_in(redis::Reply const& reply) {
  auto const* fields = reply.as_array();
  if (!fields || fields->size() != 4) return std::nullopt;
  auto const* version = (*fields)[0].as_string();
  auto const* stored_format = (*fields)[1].as_string();
  auto const* hash = (*fields)[2].as_string();
  auto const* state = (*fields)[3].as_string();
  if (!version || !stored_format || !hash || !state) return std::nullopt;
  if (*stored_format != format()) {
    log::info("journal", "the snapshot is not used: written by another version of the program");
    return std::nullopt;
  }
  StoredSnapshot stored{0, *hash, *state};
  std::from_chars(version->data(), version->data() + version->size(), stored.version);
  return stored;
}

std::optional<SealedSnapshot> sealed_in(StoredSnapshot const& stored) {
  auto snapshot = protocol::decode<protocol::Snapshot>(stored.state, protocol::from_own_store);
  if (snapshot) return SealedSnapshot{std::move(*snapshot), stored.hash};
  log::info("journal", "the snapshot is not used: " + snapshot.error().path + " " + snapshot.error().problem);
  return std::nullopt;
}

} // namespace

Snapshots::Snapshots(std::shared_ptr<redis::Client> client, Keys const& keys)
    : client_(std::move(client)), key_(keys.snapshot), journal_key_(keys.journal) {}

asio::awaitable<Result<std::optional<StoredSnapshot>, redis::Failed>> Snapshots::stored() {
  redis::Command command{"HMGET", key_, "version", "format", "hash", "state"};
  auto const reply = co_await client_->run(std::move(command), enough_for_a_large_one);
  if (!reply) co_return Failure<redis::Failed>(reply.error());
  co_return stored_in(*reply);
}

asio::awaitable<Result<SealedSnapshot, redis::Failed>> Snapshots::load() {
  auto const found = co_await stored();
  if (!found) co_return Failure<redis::Failed>(found.error());
  auto sealed = *found ? sealed_in(**found) : std::nullopt;
  if (!sealed) co_return SealedSnapshot{};
  auto const trusted = co_await is_true(sealed->snapshot.version, sealed->hash);
  if (!trusted) co_return Failure<redis::Failed>(trusted.error());
  if (*trusted) co_return std::move(*sealed);
  log::warn("journal", "the snapshot at " + std::to_string(sealed->snapshot.version) +
                           " does not agree with the journal and is not used");
  co_return SealedSnapshot{};
}

asio::awaitable<Result<bool, redis::Failed>> Snapshots::is_true(protocol::Version version, std::string hash) {
  auto const place = std::to_string(version);
  redis::Command command{"XRANGE", journal_key_, place, place};
  auto const reply = co_await client_->run(std::move(command));
  if (!reply) co_return Failure<redis::Failed>(reply.error());
  auto const commits = stored_commits(*reply);
  co_return commits && commits->size() == 1 && commits->front().hash == hash;
}

asio::awaitable<Result<void, redis::Failed>> Snapshots::save(SealedSnapshot sealed) {
  std::vector<std::string> keys{key_, journal_key_};
  std::vector<std::string> arguments{std::to_string(sealed.snapshot.version), format(), sealed.hash,
                                     protocol::encode(sealed.snapshot)};
  auto const reply = co_await client_->eval(snapshot_script(), std::move(keys), std::move(arguments),
                                            enough_for_a_large_one);
  if (!reply) co_return Failure<redis::Failed>(reply.error());
  if (auto const* error = reply->error()) log::warn("journal", "the snapshot was not stored: " + *error);
  co_return Result<void, redis::Failed>{};
}

} // namespace vigie::journal
