#include "domain/calls/decide_calls.hpp"
#include "domain/calls/repeats.hpp"

#include <algorithm>

/// What the telephone system tells: perhaps twice, late, or in another order than it happened. Each piece of
/// news is therefore asked whether it is still news.
namespace vigie::domain {

using namespace protocol;

namespace {

/// Ended by the clock, which was told nothing of it for too long; what is told after that counts.
bool held_for_lost(Call const& call) {
  return call.status == CallStatus::missed && call.end == CallEnd::failed;
}

/// One report being worked through, with the events it has led to so far.
class Report {
 public:
  Report(Context const& the_context, ReportCall const& the_report)
      : context(the_context), report(the_report), at(clipped(the_context, the_report.at, {})) {}

  Decision decision() {
    take_in_arrival();
    take_in_stage();
    auto const settled = settle_repeats(context.state, report.call, made.events);
    made.events.insert(made.events.end(), settled.begin(), settled.end());
    return std::move(made);
  }

 private:
  std::optional<Call> call() const { return call_after(context.state, report.call, made.events); }

  void add(Event event) { made.events.push_back(std::move(event)); }

  /// Every stage makes the call known, and that it rang by then; it may be the first to tell who rings.
  void take_in_arrival() {
    auto const known = call();
    bool const rang_earlier = known && at < known->rang_at;
    bool const tells_caller = context.intent.caller && !(known && known->caller);
    bool const tells_line = report.to && !(known && known->line);
    if (known && !rang_earlier && !tells_caller && !tells_line) return;
    Instant const rang_at = !known || rang_earlier ? at : known->rang_at;
    add(CallRang{report.call, rang_at, context.intent.caller, report.to});
    if (tells_caller) keep_number();
  }

  void keep_number() {
    Particulars particulars;
    particulars.number = report.from;
    keep(context, made, report.call.value, std::move(particulars));
  }

  void take_in_stage() {
    switch (report.stage) {
    case CallStage::ringing: return;
    case CallStage::answered: return take_in_answer(report.operator_);
    case CallStage::held: return take_in_hold();
    case CallStage::resumed: return take_in_resumption();
    case CallStage::transferred: return take_in_transfer();
    case CallStage::ended: return take_in_end();
    }
  }

  void take_in_answer(std::optional<AccountId> const& by) {
    auto const known = call();
    bool const is_over = known->ended_at && !held_for_lost(*known);
    Instant const answered = is_over ? std::min(at, *known->ended_at) : at;
    bool const is_earlier = !known->answered_at || answered < *known->answered_at;
    bool const tells_who = by && !known->taken_by;
    if (is_earlier || tells_who)
      add(CallAnswered{report.call, is_earlier ? answered : *known->answered_at, by});
  }

  /// What happens to a call only after it was answered also tells that it was.
  void imply_answer(std::optional<AccountId> const& by) {
    if (!call()->answered_at) take_in_answer(by);
  }

  /// When it happened, to a call that was answered by then.
  Instant once_answered(Call const& known) const { return std::max(at, known.answered_at.value_or(at)); }

  void take_in_hold() {
    imply_answer(report.operator_);
    auto const known = call();
    auto const held = once_answered(*known);
    bool const is_news = !known->held_at || held > *known->held_at;
    if (known->status == CallStatus::answered && is_news) add(CallHeld{report.call, held});
  }

  /// A resumption told before its hold is kept too: it makes the hold old news.
  void take_in_resumption() {
    imply_answer(report.operator_);
    auto const known = call();
    auto const resumed = once_answered(*known);
    bool const ends_hold = known->status == CallStatus::held && resumed >= *known->held_at;
    bool const comes_first =
        known->status == CallStatus::answered && (!known->held_at || resumed > *known->held_at);
    if (ends_hold || comes_first) add(CallResumed{report.call, resumed});
  }

  void take_in_transfer() {
    imply_answer(std::nullopt);
    auto const known = call();
    bool const is_news = !known->held_at || at >= *known->held_at;
    if (is_with_somebody(*known) && report.operator_ && known->taken_by != report.operator_ && is_news)
      add(CallTaken{report.call, once_answered(*known), *report.operator_});
  }

  void take_in_end() {
    auto const known = call();
    auto const ended = report.reason == CallEnd::abandoned ? at : once_answered(*known);
    if (!known->ended_at) add(CallEnded{report.call, ended, report.reason});
  }

  Context const& context;
  ReportCall const& report;
  Instant const at;
  Decision made;
};

} // namespace

Outcome decide_on(Context const& context, ReportCall const& command) {
  return Report(context, command).decision();
}

} // namespace vigie::domain
