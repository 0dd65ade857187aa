#pragma once

#include "journal/stored_commit.hpp"
#include "protocol/journal.hpp"
#include "protocol/result.hpp"

#include <map>

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

/// The hashes of the latest commits, so that the chain can be checked and continued without asking.
class KnownHashes {
 public:
  explicit KnownHashes(std::string start);

  void note(protocol::Version version, std::string hash);
  std::optional<std::string> at(protocol::Version version) const;

 private:
  std::string start_;
  std::map<protocol::Version, std::string> latest_;
};

} // namespace vigie::journal
