#include "accounts/token_bucket.hpp"

namespace vigie::accounts {

TokenBucket& TokenBuckets::of(std::string const& key, Moment now) {
  if (auto const found = buckets_.find(key); found != buckets_.end()) return found->second;
  if (buckets_.size() >= most_)
    std::erase_if(buckets_, [&](auto const& entry) { return entry.second.full(now); });
  std::string const& name = buckets_.size() >= most_ ? std::string{} : key;
  return buckets_.try_emplace(name, rate_, now).first->second;
}

} // namespace vigie::accounts
