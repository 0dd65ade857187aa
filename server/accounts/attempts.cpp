#include "accounts/attempts.hpp"

namespace vigie::accounts {

Attempts::Attempts(AttemptRates const& rates)
    : by_device_(rates.per_device), by_place_(rates.per_device), by_account_(rates.per_account),
      by_address_(rates.per_address) {}

/// The narrow one first: what it refuses uses up nothing of the other.
std::vector<TokenBucket*> Attempts::of_failures(Attempt const& attempt, Moment now) {
  if (!attempt.device.empty()) return {&by_device_.of(attempt.device, now)};
  return {&by_place_.of(attempt.name.value + ' ' + attempt.address, now),
          &by_account_.of(attempt.name.value, now)};
}

std::optional<std::chrono::milliseconds> Attempts::refused(Attempt const& attempt, Moment now) {
  auto buckets = of_failures(attempt, now);
  if (attempt.device.empty()) buckets.insert(buckets.begin(), &by_address_.of(attempt.address, now));
  for (auto* bucket : buckets)
    if (!bucket->take(now)) return bucket->until_next();
  return std::nullopt;
}

void Attempts::succeeded(Attempt const& attempt, Moment now) {
  for (auto* bucket : of_failures(attempt, now)) bucket->give();
}

} // namespace vigie::accounts
