#include "night.hpp"

#include "support/rennes.hpp"

namespace vigie::simulation {

using namespace std::chrono_literals;
using tests::Broken;

namespace {

constexpr std::size_t steps_of_a_night = 120;

/// In some nights the processes give up early, so that clients do not know what became of their commands.
std::chrono::milliseconds patience(std::uint64_t seed) { return seed % 4 == 0 ? 4ms : 20s; }

Broken at_step(std::size_t step, Broken broken) {
  for (auto& sentence : broken) sentence = "step " + std::to_string(step) + ": " + sentence;
  return broken;
}

} // namespace

Night::Night(std::uint64_t seed, Figures& figures)
    : chance_(seed), figures_(figures), people_(chance_, tests::rennes()),
      clients_(house_, witness_, chance_, figures), house_(chance_, figures_, patience(seed)) {
  for (auto& secret : People::secrets()) witness_.keep_secret(std::move(secret));
  for (auto count = 2 + chance_.below(2); count > 0; --count) house_.start();
}

std::vector<Seen> Night::seen() const {
  std::vector<Seen> seen;
  for (auto const* process : house_.processes()) seen.push_back({process->name, &process->engine->state()});
  return seen;
}

Broken Night::look() { return witness_.look(seen(), *house_.store); }

Broken Night::play() {
  ++figures_.nights;
  opens();
  for (std::size_t number = 0; number < steps_of_a_night; ++number) {
    if (!step()) return at_step(number, {"the processes do not come to rest"});
    ++figures_.steps;
    if (auto broken = look(); !broken.empty()) return at_step(number, std::move(broken));
  }
  if (!closes()) return {"the night does not come to its end"};
  figures_.commits += house_.store->version();
  figures_.late += clients_.taken_late();
  if (auto broken = look(); !broken.empty()) return at_step(steps_of_a_night, std::move(broken));
  return witness_.look_at_rest(seen(), *house_.store);
}

void Night::opens() {
  if (chance_.one_in(2)) clients_.send(house_.any(), people_.opens_night(house_.clock->now()));
  house_.settle();
}

bool Night::step() {
  time_passes();
  goes_wrong();
  for (auto wishes = 1 + chance_.below(3); wishes > 0; --wishes) {
    auto& process = house_.any();
    clients_.send(process, people_.something(house_.any().engine->state(), house_.clock->now()));
  }
  if (chance_.one_in(6))
    for (auto& wish : people_.rivals(house_.any().engine->state()))
      clients_.send(house_.any(), std::move(wish));
  if (chance_.one_in(3)) clients_.send_again();
  if (!chance_.one_in(3)) return house_.settle();
  house_.stir(chance_.below(12));
  return true;
}

void Night::time_passes() {
  house_.move_clock(chance_.one_in(12) ? chance_.up_to(10min) : chance_.up_to(1min));
  comes_online();
}

void Night::goes_wrong() {
  auto& process = house_.any();
  using testing::LostAnswer;
  if (chance_.one_in(20))
    process.journal->lose_next_answer(chance_.one_in(2) ? LostAnswer::taken : LostAnswer::not_taken);
  if (chance_.one_in(15))
    process.journal->before_next_append([this] { house_.move_clock(chance_.up_to(6min)); });
  if (chance_.one_in(15)) goes_away();
  if (chance_.one_in(40)) goes_offline();
  if (chance_.one_in(60)) kills_one();
  if (chance_.one_in(60) && house_.processes().size() < 4) house_.start();
}

/// A process loses its journal, or those without one have it again.
void Night::goes_away() {
  bool returned = false;
  for (auto* process : house_.processes()) {
    returned = returned || process->journal->away();
    if (process->journal->away()) process->journal->set_away(false);
  }
  if (!returned) house_.any().journal->set_away(true);
}

/// A team without network writes on and sends it all in order an hour later.
void Night::goes_offline() {
  if (offline_) return;
  offline_ = people_.any_team();
  auto const& state = house_.any().engine->state();
  for (auto count = 1 + chance_.below(4); count > 0; --count)
    held_back_.push_back(clients_.make(people_.from_handset(state, *offline_)));
}

void Night::comes_online() {
  if (!offline_ || house_.clock->now() < held_back_.front().made_at + 1h) return;
  auto& process = house_.any();
  for (auto& submission : held_back_) clients_.send(process, std::move(submission), Line::holds);
  held_back_.clear();
  offline_.reset();
}

void Night::kills_one() {
  if (house_.processes().size() < 2) return;
  auto& process = house_.any();
  house_.set_gone(process, true);
  killed_.push_back(&process);
}

/// Journals are back, and some of the processes that were thought dead.
void Night::ends_troubles() {
  for (auto* process : house_.processes()) process->journal->set_away(false);
  for (auto* process : killed_)
    if (chance_.one_in(2)) house_.set_gone(*process, false);
  house_.move_clock(1h);
  comes_online();
}

bool Night::closes() {
  ends_troubles();
  for (int round = 0; round < 20; ++round) {
    if (!house_.settle()) return false;
    clients_.send_all_again();
    if (!house_.settle()) return false;
    auto& process = house_.any();
    auto const wishes = people_.ends_work(process.engine->state(), house_.clock->now());
    for (auto const& wish : wishes) clients_.send(process, wish);
    bool const open = process.engine->state().night_is_open();
    if (wishes.empty() && !open && !clients_.waits()) return house_.settle();
    if (wishes.empty()) house_.move_clock(3h);
  }
  return false;
}

} // namespace vigie::simulation
