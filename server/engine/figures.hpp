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
  void regrown(std::size_t commits) { regrown_.add(static_cast<double>(commits)); }
  void begun_anew() { begun_anew_.add(); }
  void lost() { lost_.add(); }
  void clock_is_ahead(std::chrono::duration<double> by) { clock_ahead_.set(by.count()); }

 private:
  runtime::Gauge& waiting_;
  runtime::Histogram& group_;
  runtime::Histogram& seconds_;
  runtime::Counter& conflicts_;
  runtime::Counter& away_;
  runtime::Counter& regrown_;
  runtime::Counter& begun_anew_;
  runtime::Counter& lost_;
  runtime::Gauge& clock_ahead_;
};

} // namespace vigie::engine
