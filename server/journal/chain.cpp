#include "journal/chain.hpp"

#include "journal/hashes.hpp"
#include "protocol/codec/codec.hpp"

namespace vigie::journal {
namespace {

constexpr std::size_t hashes_remembered = 2048;

std::string number(protocol::Version version) { return std::to_string(version); }

} // namespace

std::string chain_start(std::string const& journal_key) { return hash(journal_key); }

ChainWalk::ChainWalk(protocol::Version version, std::string hash)
    : version_(version), hash_(std::move(hash)) {}

Result<protocol::Commit, Flaw> ChainWalk::step(StoredCommit const& stored) {
  auto const next = version_ + 1;
  if (auto problem = misplaced(stored)) return Failure<Flaw>({next, *problem});
  if (chained(hash_, stored.commit) != stored.hash) return Failure<Flaw>({next, changed(stored)});
  auto commit = protocol::decode<protocol::Commit>(stored.commit, protocol::from_own_store);
  if (!commit)
    return Failure<Flaw>({next, "Commit " + number(next) + " cannot be read: " + commit.error().path + " " +
                                    commit.error().problem + "."});
  if (commit->version != next) return Failure<Flaw>({next, changed(stored)});
  version_ = next;
  hash_ = stored.hash;
  return *commit;
}

std::optional<std::string> ChainWalk::misplaced(StoredCommit const& stored) const {
  auto const expected = number(version_ + 1);
  if (stored.id == expected + "-0") return std::nullopt;
  return "Commit " + expected + " is missing: entry " + stored.id + " follows.";
}

std::string ChainWalk::changed(StoredCommit const& stored) const {
  auto const place = number(version_ + 1);
  auto const commit = protocol::decode<protocol::Commit>(stored.commit, protocol::from_own_store);
  if (commit && commit->version != version_ + 1)
    return "Commits were reordered: commit " + number(commit->version) + " stands in place " + place + ".";
  if (chained(hash_, stored.commit) == stored.hash) return "Commit " + place + " cannot be read.";
  return "Commit " + place + " was changed: it does not match its hash and the commit before it.";
}

KnownHashes::KnownHashes(std::string start) : start_(std::move(start)) {}

void KnownHashes::note(protocol::Version version, std::string hash) {
  latest_.insert_or_assign(version, std::move(hash));
  if (latest_.size() > hashes_remembered) latest_.erase(latest_.begin());
}

std::optional<std::string> KnownHashes::at(protocol::Version version) const {
  if (version == 0) return start_;
  auto const found = latest_.find(version);
  return found == latest_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace vigie::journal
