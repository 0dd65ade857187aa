#include "clients.hpp"

#include <asio/co_spawn.hpp>

#include <algorithm>

namespace vigie::simulation {

using protocol::CommandId;
using protocol::Rejection;

engine::Submission Clients::make(Wish wish) {
  engine::Submission made;
  made.id.value = "command-" + std::to_string(++made_);
  made.actor.account.value = wish.team ? wish.team->value : "awa";
  made.actor.role = wish.role;
  made.actor.team = wish.team;
  made.made_at = house_.clock->now();
  made.command = std::move(wish.command);
  return made;
}

void Clients::send(Process& process, Wish wish) {
  send(process, make(std::move(wish)), chance_.one_in(12) ? Line::drops : Line::holds);
}

/// A process that is gone answers nobody.
void Clients::send(Process& process, engine::Submission submission, Line line) {
  ++figures_.sent;
  ++process.in_flight;
  if (line == Line::drops) unanswered_.push_back(submission);
  asio::co_spawn(house_.io, process.engine->submit(submission),
                 [this, &process, submission, line](std::exception_ptr failure, engine::Answer answer) {
                   if (failure) std::rethrow_exception(failure);
                   --process.in_flight;
                   if (process.gone && line == Line::holds) unanswered_.push_back(submission);
                   if (!process.gone && line == Line::holds) heard(process, submission, answer);
                 });
}

void Clients::heard(Process const& process, engine::Submission const& submission,
                    engine::Answer const& answer) {
  bool const open = !answer && (answer.error().reason == Rejection::journal_unavailable ||
                                answer.error().reason == Rejection::overloaded);
  if (open) {
    ++figures_.unknown;
    unanswered_.push_back(submission);
    return;
  }
  ++(answer ? figures_.taken : figures_.refused);
  if (answer) witness_.heard_taken(submission.id, *answer);
  bool const is_clock = submission.actor.role == protocol::Role::clock; // wants again what it still wants
  if (answer && !is_clock) answered_by_[submission.id].insert(&process);
  if (!answer && !is_clock) witness_.heard_refused(submission.id);
  answered_.push_back(submission);
}

void Clients::resend(engine::Submission submission) {
  ++figures_.again;
  send(house_.any(), std::move(submission), Line::holds);
}

void Clients::send_again() {
  if (!unanswered_.empty()) {
    auto submission = std::move(unanswered_.front());
    unanswered_.pop_front();
    resend(std::move(submission));
  } else if (!answered_.empty()) {
    resend(chance_.pick(answered_));
  }
}

void Clients::send_all_again() {
  for (auto left = unanswered_.size(); left > 0; --left) send_again();
}

void Clients::forget() {
  answered_.clear();
  unanswered_.clear();
}

bool Clients::vouched_for(CommandId const& command) const {
  auto const found = answered_by_.find(command);
  return found != answered_by_.end() &&
         std::ranges::any_of(found->second, [](auto const* process) { return !process->gone; });
}

} // namespace vigie::simulation
