#pragma once

#include "protocol/scalars.hpp"
#include "runtime/metrics.hpp"

namespace vigie::engine {

/// How one service's writer is doing, for whoever watches the server.
class Figures {
 public:
  Figures(runtime::Metrics& metrics, protocol::ServiceId const& service);

  void waiting(std::size_t commands) { waiting_.set(static_cast<double>(commands)); }
  void appended(std::size_t commands, std::chrono::duration<double> time);
  void conflict() { conflicts_.add(); }
  void away() { away_.add(); }

 private:
  runtime::Gauge& waiting_;
  runtime::Histogram& group_;
  runtime::Histogram& seconds_;
  runtime::Counter& conflicts_;
  runtime::Counter& away_;
};

} // namespace vigie::engine
