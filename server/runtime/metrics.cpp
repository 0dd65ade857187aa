#include "runtime/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <stdexcept>

namespace vigie::runtime {

void Counter::add(double amount) { series_->Increment(amount); }
double Counter::value() const { return series_->Value(); }

void Gauge::set(double value) { series_->Set(value); }
void Gauge::add(double amount) { series_->Increment(amount); }
double Gauge::value() const { return series_->Value(); }

void Histogram::observe(double value) { series_->Observe(value); }

std::vector<double> latency_buckets() {
  return {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};
}

namespace {

// Prometheus keeps one series for each name and set of labels; so do the handles over them.
template <class Handle, class Series>
Handle& handle_of(std::map<Series*, std::unique_ptr<Handle>>& handles, Series& series) {
  auto& handle = handles[&series];
  if (!handle) handle = std::make_unique<Handle>(series);
  return *handle;
}

} // namespace

struct Metrics::Registry {
  prometheus::Registry series;
  std::map<prometheus::Counter*, std::unique_ptr<Counter>> counters;
  std::map<prometheus::Gauge*, std::unique_ptr<Gauge>> gauges;
  std::map<prometheus::Histogram*, std::unique_ptr<Histogram>> histograms;
};

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(std::string const& name, std::string const& help, Labels const& labels) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(registry_->series);
  return handle_of(registry_->counters, family.Add(labels));
}

Gauge& Metrics::gauge(std::string const& name, std::string const& help, Labels const& labels) {
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(registry_->series);
  return handle_of(registry_->gauges, family.Add(labels));
}

Histogram& Metrics::histogram(std::string const& name, std::string const& help,
                              std::vector<double> const& buckets, Labels const& labels) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry_->series);
  return handle_of(registry_->histograms, family.Add(labels, buckets));
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(registry_->series.Collect());
}

} // namespace vigie::runtime
