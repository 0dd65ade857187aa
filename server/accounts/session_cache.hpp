#pragma once

#include "accounts/accounts.hpp"

#include <unordered_map>

namespace vigie::accounts {

/// Sessions as this process last saw them, so that not every request asks Redis.
class SessionCache {
 public:
  struct Seen {
    Session session;
    protocol::Instant checked_at; ///< when Redis last said that it holds
    protocol::Instant kept_at;    ///< when Redis was last told that it is in use
  };

  /// At most `most` sessions; beyond, those that were checked longest ago are forgotten.
  explicit SessionCache(std::size_t most = 20'000) : most_(most) {}

  /// Null when it was never seen, or is forgotten.
  Seen* find(std::string const& digest);
  Seen& put(std::string const& digest, Seen seen);
  void drop(std::string const& digest);
  /// Forgets what belongs to an account.
  void drop_account(protocol::AccountId const& name);
  /// How often somebody dropped something: what was read before may have been that.
  std::uint64_t drops() const { return drops_; }

 private:
  std::size_t most_;
  std::uint64_t drops_ = 0;
  std::unordered_map<std::string, Seen> seen_;
};

} // namespace vigie::accounts
