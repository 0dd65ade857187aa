#include "accounts/session_cache.hpp"

namespace vigie::accounts {

SessionCache::Seen* SessionCache::find(std::string const& digest) {
  auto const found = seen_.find(digest);
  return found == seen_.end() ? nullptr : &found->second;
}

SessionCache::Seen& SessionCache::put(std::string const& digest, Seen seen) {
  if (seen_.size() >= most_ && !seen_.contains(digest)) {
    auto const older = [](auto const& a, auto const& b) { return a.second.checked_at < b.second.checked_at; };
    seen_.erase(std::min_element(seen_.begin(), seen_.end(), older));
  }
  return seen_[digest] = std::move(seen);
}

void SessionCache::drop(std::string const& digest) {
  seen_.erase(digest);
  ++drops_;
}

void SessionCache::drop_account(protocol::AccountId const& name) {
  std::erase_if(seen_, [&](auto const& entry) { return entry.second.session.account.name == name; });
  ++drops_;
}

} // namespace vigie::accounts
