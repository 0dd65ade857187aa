#include "engine/figures.hpp"

namespace vigie::engine {

Figures::Figures(runtime::Metrics& metrics, protocol::ServiceId const& service)
    : waiting_(metrics.gauge("vigie_commands_waiting", "Commands that wait for the journal",
                             {{"service", service.value}})),
      group_(metrics.histogram("vigie_commit_group", "Commands in one append to the journal",
                               {1, 2, 4, 8, 16, 32, 64, 128, 256}, {{"service", service.value}})),
      seconds_(metrics.histogram("vigie_commit_seconds",
                                 "From an append to the journal's word that it is durable",
                                 runtime::latency_buckets(), {{"service", service.value}})),
      conflicts_(metrics.counter("vigie_commit_conflicts_total", "Appends that another process forestalled",
                                 {{"service", service.value}})),
      away_(metrics.counter("vigie_journal_away_total", "Appends that the journal did not answer",
                            {{"service", service.value}})),
      regrown_(metrics.counter("vigie_journal_regrown_commits_total",
                               "Commits put back that the journal had lost", {{"service", service.value}})),
      begun_anew_(metrics.counter("vigie_journal_begun_anew_total",
                                  "Times that the journal went another way than known here",
                                  {{"service", service.value}})),
      lost_(metrics.counter("vigie_commands_lost_total",
                            "Answered commands that the journal lost and that could not be taken again",
                            {{"service", service.value}})),
      clock_ahead_(metrics.gauge("vigie_clock_ahead_seconds",
                                 "How far this machine's clock is ahead of that of the journal's Redis",
                                 {{"service", service.value}})) {}

void Figures::appended(std::size_t commands, std::chrono::duration<double> time) {
  group_.observe(static_cast<double>(commands));
  seconds_.observe(time.count());
}

} // namespace vigie::engine
