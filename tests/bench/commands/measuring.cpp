#include "bench/commands/measuring.hpp"

#include "bench/load/tell.hpp"

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <sstream>

namespace vigie::bench::commands {
std::string Times::json() {
  std::sort(times_.begin(), times_.end());
  auto const at = [&](double share) {
    if (times_.empty()) return std::string{"null"};
    return std::to_string(times_[static_cast<std::size_t>(share * double(times_.size() - 1))]);
  };
  return R"({"count":)" + std::to_string(times_.size()) + R"(,"p50_ms":)" + at(0.5) + R"(,"p99_ms":)" +
         at(0.99) + R"(,"max_ms":)" + at(1) + "}";
}

Effort::Effort(std::string const& pids) {
  std::istringstream list(pids);
  for (std::string pid; std::getline(list, pid, ',');) processes_.push_back(std::stoi(pid));
  processes_.push_back(getpid());
}

std::vector<double> Effort::read() const {
  std::vector<double> seconds;
  seconds.reserve(processes_.size());
  for (auto const pid : processes_) seconds.push_back(cpu_seconds({pid}));
  return seconds;
}

double Effort::servers() const {
  auto const all = read();
  return std::accumulate(all.begin(), std::prev(all.end()), 0.0);
}

std::string Effort::json() const {
  std::string text = "{";
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    auto const name = i + 1 == processes_.size() ? "load" : std::to_string(processes_[i]);
    text += (i > 0 ? ",\"" : "\"") + name + "\":" + std::to_string(after_[i] - before_[i]);
  }
  return text + "}";
}

} // namespace vigie::bench::commands
