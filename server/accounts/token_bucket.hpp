#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <string>

/// How often something may happen.
namespace vigie::accounts {

using Moment = std::chrono::steady_clock::time_point;

/// So many at once, and then one in every so long.
struct Rate {
  double burst;
  std::chrono::microseconds one_in;
};

/// Tokens that flow back with time; each act takes one.
class TokenBucket {
 public:
  explicit TokenBucket(Rate rate, Moment now) : rate_(rate), tokens_(rate.burst), filled_(now) {}

  /// Takes a token; false where there is none.
  bool take(Moment now) {
    fill(now);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }
  /// Gives one back.
  void give() { tokens_ = std::min(tokens_ + 1, rate_.burst); }
  /// Whether as many tokens are there as can be.
  bool full(Moment now) const { return level(now) >= rate_.burst; }
  /// How long until there is a token, 0 when there is one.
  std::chrono::milliseconds until_next() const {
    double const missing = std::max(0.0, 1 - tokens_);
    auto const until = std::chrono::duration<double, std::micro>{missing * double(rate_.one_in.count())};
    return std::chrono::floor<std::chrono::milliseconds>(until) + std::chrono::milliseconds{1};
  }

 private:
  double level(Moment now) const {
    std::chrono::duration<double, std::micro> const passed = now - filled_;
    return std::min(rate_.burst, tokens_ + passed.count() / double(rate_.one_in.count()));
  }
  void fill(Moment now) {
    tokens_ = level(now);
    filled_ = now;
  }

  Rate rate_;
  double tokens_;
  Moment filled_;
};

/// A bucket for each key, such as an address. Forgets full ones, and holds at most `most`: beyond, strangers
/// share one bucket.
class TokenBuckets {
 public:
  explicit TokenBuckets(Rate rate, std::size_t most = 10'000) : rate_(rate), most_(most) {}

  /// The bucket of a key; stays where it is until the next call.
  TokenBucket& of(std::string const& key, Moment now);

 private:
  Rate rate_;
  std::size_t most_;
  std::map<std::string, TokenBucket> buckets_;
};

} // namespace vigie::accounts
