#include "journal/chain.hpp"

#include "journal/hashes.hpp"
#include "protocol/codec/codec.hpp"

namespace vigie::journal {
namespace {

constexpr std::size_t commits_known = 10'000;
constexpr std::size_t bytes_known = 4 * 1024 * 1024;

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

KnownCommits::KnownCommits(std::string start) : start_(std::move(start)) {}

void KnownCommits::note(protocol::Version version, std::string hash, std::string commit) {
  auto& known = latest_.try_emplace(latest_.end(), version)->second;
  if (known.hash == hash && commit.empty()) return;
  bytes_ += commit.size();
  bytes_ -= known.commit.size();
  known = {std::move(hash), std::move(commit)};
  while (latest_.size() > commits_known || (bytes_ > bytes_known && latest_.size() > 1)) drop_oldest();
}

void KnownCommits::drop_oldest() {
  bytes_ -= latest_.begin()->second.commit.size();
  latest_.erase(latest_.begin());
}

void KnownCommits::forget_all() {
  latest_.clear();
  bytes_ = 0;
}

void KnownCommits::forget_after(protocol::Version version) {
  for (auto next = latest_.upper_bound(version); next != latest_.end(); next = latest_.erase(next))
    bytes_ -= next->second.commit.size();
}

std::optional<std::string> KnownCommits::hash_at(protocol::Version version) const {
  if (version == 0) return start_;
  if (version == last()) return latest_.rbegin()->second.hash; // asked for most, and near at hand
  auto const found = latest_.find(version);
  return found == latest_.end() ? std::nullopt : std::optional(found->second.hash);
}

bool KnownCommits::known_otherwise(protocol::Version version, std::string const& hash) const {
  if (version > last()) return false; // what is appended, nearly always
  auto const found = latest_.find(version);
  return found != latest_.end() && found->second.hash != hash;
}

std::string_view KnownCommits::commit_at(protocol::Version version) const {
  if (version > last()) return {};
  auto const found = latest_.find(version);
  return found == latest_.end() ? std::string_view() : std::string_view(found->second.commit);
}

std::vector<std::string_view> KnownCommits::commits_after(protocol::Version version) const {
  std::vector<std::string_view> commits;
  for (auto next = latest_.find(version + 1); next != latest_.end(); ++next) {
    if (next->first != version + 1 + commits.size() || next->second.commit.empty()) break;
    commits.push_back(next->second.commit);
  }
  return commits;
}

} // namespace vigie::journal
