#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the generators share with the script that drives them: orders come in as lines, answers go out as one
/// JSON object a line.
namespace vigie::bench {

using Answer = std::vector<std::pair<std::string, double>>;
void tell(Answer const& answer);

/// The words of the next order; empty when there is none yet. Throws Ended at the end of the input.
std::vector<std::string> next_order();
struct Ended {};

/// CPU seconds that processes and their threads have used together; 0 for one that is not there.
double cpu_seconds(std::vector<int> const& pids);

/// Microseconds, and their percentiles.
class Delays {
 public:
  void add(double us) { all_.push_back(us); }
  void clear() { all_.clear(); }
  std::size_t count() const { return all_.size(); }
  /// In milliseconds; 0 where there are none.
  double percentile_ms(double share);

 private:
  std::vector<double> all_;
};

} // namespace vigie::bench
