#pragma once

#include "engine/engine.hpp"

/// The telephone system's door: any system that can say what became of a call.
namespace vigie::telephony {

/// What the telephone system is answered: an HTTP status and a JSON body.
struct Outcome {
  int status = 0;
  std::string body;
};

/// Takes one call event (`ReportCall` as JSON). Told twice, late or out of order it does no harm: 202 with
/// `accepted`, 422 with the field at fault, 503 while the journal is away; then it is to be told again.
asio::awaitable<Outcome> take_event(engine::Engine& engine, protocol::Actor telephone, std::string event);

/// The id of the command that stands for an event: the same event told twice is one command.
protocol::CommandId command_for(protocol::ReportCall event);

} // namespace vigie::telephony
