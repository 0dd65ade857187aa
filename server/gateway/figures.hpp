#pragma once

#include "protocol/commands.hpp"
#include "protocol/frames.hpp"
#include "runtime/metrics.hpp"

#include <array>
#include <map>

namespace vigie::gateway {

/// What the front door counts.
class Figures {
 public:
  explicit Figures(runtime::Metrics& metrics);

  /// `problem` is the code of what went wrong, or empty.
  void answered_http(int status, std::string const& problem);
  /// A conversation has ended with this close code; `by_us`: it was our word.
  void closed(int code, bool by_us);
  /// A connection went before a whole request had come.
  void never_asked() { never_asked_.add(); }
  void screens(protocol::Role role, int more);
  void command(protocol::Command const& command);
  void rejected(std::string_view kind, protocol::Rejection reason);
  void answered_after(double seconds);
  void fix(std::optional<protocol::FixRefusal> refusal);
  /// A position that was not looked at, since the server was behind with its work.
  void fix_skipped() { fixes_skipped_.add(); }
  void fault(protocol::FaultKind kind);
  void waiting(std::size_t bytes);
  void picture_dropped() { pictures_dropped_.add(); }
  void resync() { resyncs_.add(); }
  void connections(std::size_t open) { connections_.set(static_cast<double>(open)); }
  void turned_away() { turned_away_.add(); }

  runtime::Metrics& all() { return metrics_; }

 private:
  runtime::Counter& fixes(std::string result);

  runtime::Metrics& metrics_;
  runtime::Gauge& connections_;
  runtime::Gauge& waiting_bytes_;
  runtime::Histogram& answer_seconds_;
  runtime::Counter& pictures_dropped_;
  runtime::Counter& resyncs_;
  runtime::Counter& turned_away_;
  runtime::Counter& never_asked_;
  runtime::Counter& fixes_skipped_;
  /// What is counted most, each made when it is first wanted. @{
  std::array<runtime::Counter*, std::variant_size_v<protocol::Command>> commands_{};
  std::map<protocol::Role, runtime::Gauge*> screens_;
  std::map<int, runtime::Counter*> closings_; ///< by close code; 0: the client's own doing
  runtime::Counter* fixes_taken_ = nullptr;
  /// @}
};

} // namespace vigie::gateway
