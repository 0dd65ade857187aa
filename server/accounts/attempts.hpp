#pragma once

#include "accounts/account.hpp"
#include "accounts/token_bucket.hpp"

#include <optional>
#include <vector>

namespace vigie::accounts {

/// How often a password may be tried.
struct AttemptRates {
  Rate per_device{8, std::chrono::seconds{15}}; ///< failures of one account, at one device or address
  Rate per_account{40,
                   std::chrono::seconds{10}};    ///< failures of one account, at all unknown devices together
  Rate per_address{30, std::chrono::seconds{2}}; ///< sign-ins of unknown devices from one address
};

/// Somebody tries a password.
struct Attempt {
  protocol::AccountId name;
  std::string address; ///< where it comes from
  std::string device;  ///< one that is known for the account; empty where it is not
};

/// Counts the attempts of this process. Known devices are counted by themselves, so that strangers, however
/// many, do not keep out whoever signed in there before.
class Attempts {
 public:
  explicit Attempts(AttemptRates const& rates);

  /// Counts an attempt, or tells how long to wait before the next one.
  std::optional<std::chrono::milliseconds> refused(Attempt const& attempt, Moment now);
  /// The password was right: the attempt was no failure.
  void succeeded(Attempt const& attempt, Moment now);

 private:
  std::vector<TokenBucket*> of_failures(Attempt const& attempt, Moment now);

  TokenBuckets by_device_;
  TokenBuckets by_place_; ///< an account at an address
  TokenBuckets by_account_;
  TokenBuckets by_address_;
};

} // namespace vigie::accounts
