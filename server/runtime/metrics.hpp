#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
} // namespace prometheus

/// The figures that the administrator's monitoring reads at `/metrics`.
namespace vigie::runtime {

/// Names and values that tell a metric's series apart, such as `kind` = `offer`. Few values each: a series is
/// kept as long as the process.
using Labels = std::map<std::string, std::string>;

/// A number that only grows.
class Counter {
 public:
  explicit Counter(prometheus::Counter& series) : series_(&series) {}
  /// Adds `amount`, 0 or more.
  void add(double amount = 1);
  double value() const;

 private:
  prometheus::Counter* series_;
};

/// A number that goes up and down.
class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& series) : series_(&series) {}
  void set(double value);
  void add(double amount = 1);
  double value() const;

 private:
  prometheus::Gauge* series_;
};

/// How often a measure fell into each of its buckets, with its sum.
class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& series) : series_(&series) {}
  void observe(double value);

 private:
  prometheus::Histogram* series_;
};

/// Upper bounds in seconds for latencies from half a millisecond to five seconds.
std::vector<double> latency_buckets();

/// All figures of a process. What it hands out lives as long as it does; asking again for the same name and
/// labels gives the same series. Throws std::invalid_argument when a name is not a Prometheus name, or is
/// already that of another kind of figure.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(Metrics const&) = delete;
  Metrics& operator=(Metrics const&) = delete;

  Counter& counter(std::string const& name, std::string const& help, Labels const& labels = {});
  Gauge& gauge(std::string const& name, std::string const& help, Labels const& labels = {});
  /// `buckets` are upper bounds, growing; only the first call for a series counts.
  Histogram& histogram(std::string const& name, std::string const& help, std::vector<double> const& buckets,
                       Labels const& labels = {});

  /// Everything in Prometheus' text format 0.0.4.
  std::string text() const;

 private:
  struct Registry;
  std::unique_ptr<Registry> registry_;
};

} // namespace vigie::runtime
