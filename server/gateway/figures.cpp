#include "gateway/figures.hpp"

#include "domain/decide.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace vigie::gateway {
namespace {

/// What WebSocket++ ends a connection with of itself: protocol error, not UTF-8, too large,
/// a length in more bytes than it needs, cut.
bool of_the_wire(int code) {
  return code == 1002 || code == 1007 || code == 1009 || code == 1006 || code == 1011;
}

template <class Enum> std::string name(Enum value) { return boost::describe::enum_to_string(value, "other"); }

} // namespace

Figures::Figures(runtime::Metrics& metrics)
    : metrics_(metrics),
      connections_(metrics.gauge("vigie_connections", "Connections of any kind that are open")),
      waiting_bytes_(metrics.gauge("vigie_outbound_waiting_bytes", "Bytes that wait to be sent to screens")),
      answer_seconds_(metrics.histogram("vigie_answer_seconds", "From a command's arrival to its answer",
                                        runtime::latency_buckets())),
      pictures_dropped_(
          metrics.counter("vigie_pictures_dropped_total", "Pictures not sent to a screen that was behind")),
      resyncs_(metrics.counter("vigie_resyncs_total", "Screens cut off because they read too slowly")),
      turned_away_(metrics.counter("vigie_turned_away_total", "Connections refused for want of room")),
      never_asked_(metrics.counter("vigie_unasked_total", "Connections that ended without a whole request")),
      fixes_skipped_(fixes("skipped")) {}

void Figures::answered_http(int status, std::string const& problem) {
  metrics_
      .counter("vigie_http_responses_total", "HTTP answers by class of status",
               {{"class", std::to_string(status / 100) + "xx"}})
      .add();
  if (status < 400) return;
  metrics_
      .counter("vigie_refusals_total", "HTTP requests and handshakes that were refused, by problem",
               {{"problem", problem.empty() ? std::to_string(status) : problem}})
      .add();
}

void Figures::closed(int code, bool by_us) {
  int const ours = by_us || of_the_wire(code) ? code : 0;
  auto*& counter = closings_[ours];
  if (!counter)
    counter = &metrics_.counter("vigie_closings_total",
                                "Conversations that ended, by close code where the server ended them",
                                {{"code", ours ? std::to_string(ours) : "client"}});
  counter->add();
}

void Figures::screens(protocol::Role role, int more) {
  auto*& gauge = screens_[role];
  if (!gauge)
    gauge = &metrics_.gauge("vigie_screens", "Screens in conversation, by role", {{"role", name(role)}});
  gauge->add(more);
}

void Figures::command(protocol::Command const& command) {
  auto*& counter = commands_.at(command.index());
  if (!counter)
    counter = &metrics_.counter("vigie_commands_total", "Commands that came, by kind",
                                {{"kind", std::string{domain::name_of(command)}}});
  counter->add();
}

void Figures::rejected(std::string_view kind, protocol::Rejection reason) {
  metrics_
      .counter("vigie_rejections_total", "Commands not taken, by kind and reason",
               {{"kind", std::string{kind}}, {"reason", name(reason)}})
      .add();
}

void Figures::answered_after(double seconds) { answer_seconds_.observe(seconds); }

void Figures::fix(std::optional<protocol::FixRefusal> refusal) {
  if (refusal) return fixes(name(*refusal)).add();
  if (!fixes_taken_) fixes_taken_ = &fixes("taken");
  fixes_taken_->add();
}

runtime::Counter& Figures::fixes(std::string result) {
  return metrics_.counter("vigie_fixes_total", "Positions that came from handsets, by what became of them",
                          {{"result", std::move(result)}});
}

void Figures::fault(protocol::FaultKind kind) {
  metrics_.counter("vigie_faults_total", "Frames that could not be used, by kind", {{"kind", name(kind)}})
      .add();
}

void Figures::waiting(std::size_t bytes) { waiting_bytes_.set(static_cast<double>(bytes)); }

} // namespace vigie::gateway
