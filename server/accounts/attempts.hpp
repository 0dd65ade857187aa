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
  Rate right{20, std::chrono::seconds{15}};      ///< right sign-ins of one account
};

/// Somebody tries a password.
struct Attempt {
  protocol::AccountId name;
  std::string address; ///< where it comes from
  std::string device;  ///< one that is known for the account; empty where it is not
};

/// What became of an attempt that was counted.
enum class Outcome {
  right,
  wrong,
  unchecked ///< nobody had time to look at the password
};

/// Counts the attempts of this process. Known devices are counted by themselves, so that strangers, however
/// many, do not keep out whoever signed in there before.
class Attempts {
 public:
  explicit Attempts(AttemptRates const& rates);

  /// Counts an attempt, for a failure and a right sign-in both, or tells how long to wait before the next
  /// one.
  std::optional<std::chrono::milliseconds> refused(Attempt const& attempt, Moment now);
  /// Gives back what an attempt was counted for and did not turn out to be.
  void settle(Attempt const& attempt, Outcome outcome, Moment now);

 private:
  std::vector<TokenBucket*> of_failures(Attempt const& attempt, Moment now);

  TokenBuckets by_device_;
  TokenBuckets by_place_; ///< an account at an address
  TokenBuckets by_account_;
  TokenBuckets by_address_;
  TokenBuckets right_;
};

} // namespace vigie::accounts
