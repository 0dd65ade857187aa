#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vigie::bench::commands {

/// Lengths of time, of which the middle and the worst are wanted.
class Times {
 public:
  void add(std::int64_t nanoseconds) { times_.push_back(double(nanoseconds) / 1e6); }
  std::size_t size() const { return times_.size(); }
  /// `{"count":…,"p50_ms":…,"p99_ms":…,"max_ms":…}`
  std::string json();

 private:
  std::vector<double> times_;
};

/// The processor time that processes take between two moments, to 10 ms.
class Effort {
 public:
  /// `pids` as `123,456`; this process is watched as well.
  explicit Effort(std::string const& pids);
  void begin() { before_ = read(); }
  void end() { after_ = read(); }
  /// The seconds that the servers took since the last look, this process left out. @{
  void look() { looked_ = servers(); }
  double since_look() const { return servers() - looked_; }
  /// @}
  /// `{"123":1.5,"456":0.2,"load":0.8}`, in seconds
  std::string json() const;

 private:
  std::vector<double> read() const;
  double servers() const;

  std::vector<int> processes_; ///< this one last
  std::vector<double> before_;
  std::vector<double> after_;
  double looked_ = 0;
};

} // namespace vigie::bench::commands
