#include "telephony/call_door.hpp"

#include "protocol/codec/codec.hpp"
#include "runtime/digest.hpp"

namespace vigie::telephony {

namespace {

int status_of(protocol::Rejection reason) {
  switch (reason) {
  case protocol::Rejection::journal_unavailable:
  case protocol::Rejection::overloaded: return 503;
  case protocol::Rejection::not_allowed: return 403;
  default: return 422;
  }
}

Outcome refused(protocol::CommandId const& id, domain::Refusal const& refusal) {
  protocol::ServerFrame const frame = protocol::Rejected{id, refusal.reason, refusal.path};
  return {status_of(refusal.reason), protocol::encode(frame)};
}

} // namespace

/// The journal keeps the id, so no number may be in what it is made of: all other words stand beside it, and
/// numbers could be tried until one fits.
protocol::CommandId command_for(protocol::ReportCall event) {
  if (event.from) event.from->value = "?";
  return {"call-" + runtime::digest(protocol::encode(event), {}, 20)};
}

asio::awaitable<Outcome> take_event(engine::Engine& engine, protocol::Actor telephone, std::string event) {
  auto const report = protocol::decode<protocol::ReportCall>(event);
  if (!report)
    co_return Outcome{
        422, protocol::encode(protocol::Problem{"malformed", report.error().path, report.error().problem})};
  auto const id = command_for(*report);
  engine::Submission submission{id, telephone, report->at, *report};
  auto const answer = co_await engine.submit(std::move(submission));
  if (!answer) co_return refused(id, answer.error());
  protocol::ServerFrame const frame = protocol::Accepted{id, *answer};
  co_return Outcome{202, protocol::encode(frame)};
}

} // namespace vigie::telephony
