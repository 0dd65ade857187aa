#pragma once

#include "journal/stored_commit.hpp"
#include "protocol/journal.hpp"
#include "protocol/result.hpp"

#include <map>
#include <string_view>
#include <vector>

/// Inner part of the room: commits as links of a chain.
namespace vigie::journal {

/// What is wrong with a journal, and from which version on.
struct Flaw {
  protocol::Version version{};
  std::string sentence;
};

/// The hash before the first commit of a stream.
std::string chain_start(std::string const& journal_key);

/// Walks along the chain, one commit after the other.
class ChainWalk {
 public:
  /// Begins after the commit `version`, whose hash is given.
  ChainWalk(protocol::Version version, std::string hash);

  /// The next commit, if it is the right one, unchanged and readable; else what is wrong.
  Result<protocol::Commit, Flaw> step(StoredCommit const& stored);

  /// The last good commit so far, and its hash. @{
  protocol::Version version() const { return version_; }
  std::string const& hash() const { return hash_; }
  /// @}

 private:
  std::optional<std::string> misplaced(StoredCommit const& stored) const;
  std::string changed(StoredCommit const& stored) const;

  protocol::Version version_;
  std::string hash_;
};

/// The latest commits as the journal holds them, byte for byte, so that the chain can be checked and
/// continued without asking, and its end be put back where it was lost. At most 10,000 commits and 4 MiB.
class KnownCommits {
 public:
  explicit KnownCommits(std::string start);

  void note(protocol::Version version, std::string hash, std::string commit);
  /// Notes a hash whose commit is not held.
  void note(protocol::Version version, std::string hash) { note(version, std::move(hash), {}); }
  void forget_all();
  /// Forgets what follows this version.
  void forget_after(protocol::Version version);

  std::optional<std::string> hash_at(protocol::Version version) const;
  /// Whether another commit is known at this version than the one with this hash.
  bool known_otherwise(protocol::Version version, std::string const& hash) const;
  /// The bytes of a commit; empty where they are not held.
  std::string_view commit_at(protocol::Version version) const;
  /// From after `version` on as long as there is no gap.
  std::vector<std::string_view> commits_after(protocol::Version version) const;
  /// The versions known, in order. @{
  protocol::Version first() const { return latest_.empty() ? 0 : latest_.begin()->first; }
  protocol::Version last() const { return latest_.empty() ? 0 : latest_.rbegin()->first; }
  /// @}

 private:
  struct Known {
    std::string hash;
    std::string commit;
  };
  void drop_oldest();

  std::string start_;
  std::map<protocol::Version, Known> latest_;
  std::size_t bytes_ = 0;
};

} // namespace vigie::journal
