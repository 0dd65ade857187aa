#include "accounts/attempts.hpp"

#include <algorithm>

namespace vigie::accounts {

Attempts::Attempts(AttemptRates const& rates)
    : by_device_(rates.per_device), by_place_(rates.per_device), by_account_(rates.per_account),
      by_address_(rates.per_address), right_(rates.right) {}

std::vector<TokenBucket*> Attempts::of_failures(Attempt const& attempt, Moment now) {
  if (!attempt.device.empty()) return {&by_device_.of(attempt.device, now)};
  return {&by_place_.of(attempt.name.value + ' ' + attempt.address, now),
          &by_account_.of(attempt.name.value, now)};
}

std::optional<std::chrono::milliseconds> Attempts::refused(Attempt const& attempt, Moment now) {
  auto buckets = of_failures(attempt, now);
  if (attempt.device.empty()) buckets.push_back(&by_address_.of(attempt.address, now));
  buckets.push_back(&right_.of(attempt.name.value, now));
  for (auto bucket = buckets.begin(); bucket != buckets.end(); ++bucket) {
    if ((*bucket)->take(now)) continue;
    std::for_each(buckets.begin(), bucket, [](auto* taken) { taken->give(); });
    return (*bucket)->until_next();
  }
  return std::nullopt;
}

void Attempts::settle(Attempt const& attempt, Outcome outcome, Moment now) {
  if (outcome != Outcome::right) right_.of(attempt.name.value, now).give();
  if (outcome == Outcome::wrong) return;
  for (auto* bucket : of_failures(attempt, now)) bucket->give();
}

} // namespace vigie::accounts
