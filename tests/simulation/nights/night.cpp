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

Night::Night(std::uint64_t seed, Figures& figures, Sabotage sabotage)
    : chance_(seed), figures_(figures), people_(chance_, tests::rennes()),
      clients_(house_, witness_, chance_, figures), house_(chance_, figures_, patience(seed)),
      sabotage_(std::move(sabotage)), fails_over_(seed % 3 == 0 && seed % 4 != 0),
      has_morrow_(seed % 5 == 0) {
  for (auto& secret : People::secrets()) witness_.keep_secret(std::move(secret));
  for (auto count = 2 + chance_.below(2); count > 0; --count) house_.start();
}

std::vector<Seen> Night::seen() const {
  std::vector<Seen> seen;
  for (auto const* process : house_.processes())
    seen.push_back({process->name, &process->engine->state(), process->picture->whole()});
  return seen;
}

Broken Night::look() {
  auto broken = witness_.look(seen(), *house_.store);
  look_at_screens(broken);
  if (broken.empty() && witness_.in_trouble()) notice_what_is_mended();
  return broken;
}

void Night::look_at_screens(Broken& broken) const {
  for (auto const* process : house_.processes())
    for (auto& sentence : process->screens->differences()) broken.push_back(std::move(sentence));
}

/// After a failover: once nobody is away who may know more or less, and all answered commands are there
/// again.
void Night::notice_what_is_mended() {
  if (!house_.at_rest() || house_.somebody_is_away() || !missing_for_good().empty()) return;
  witness_.mended();
  ++figures_.mended;
}

Broken Night::play() {
  ++figures_.nights;
  if (auto broken = plays(steps_of_a_night); !broken.empty()) return broken;
  if (has_morrow_) {
    if (!a_day_passes()) return {"the night does not come to its end"};
    if (auto broken = plays(steps_of_a_night / 2); !broken.empty()) return broken;
  }
  return ends();
}

Broken Night::plays(std::size_t steps) {
  opens();
  for (std::size_t number = 0; number < steps; ++number) {
    if (!step()) return at_step(number, {"the processes do not come to rest"});
    ++figures_.steps;
    if (auto broken = look(); !broken.empty()) return at_step(number, std::move(broken));
  }
  return {};
}

/// The next night begins when all of this one is history. Who was thought dead until then does not come back.
bool Night::a_day_passes() {
  if (!closes()) return false;
  killed_.clear();
  house_.sleep(tests::rennes().history_kept_for + 6h);
  if (!house_.settle()) return false;
  clients_.forget();
  yesterday_ = house_.store->version();
  return true;
}

Broken Night::ends() {
  if (!closes()) return {"the night does not come to its end"};
  figures_.commits += house_.store->version();
  figures_.given_up += house_.given_up.size();
  if (auto broken = look(); !broken.empty()) return at_step(steps_of_a_night, std::move(broken));
  for (int round = 0; round < 200 && !missing_for_good().empty(); ++round) {
    house_.settle();
    house_.stir(20);
    if (auto broken = look(); !broken.empty()) return at_step(steps_of_a_night, std::move(broken));
  }
  if (auto broken = missing_for_good(); !broken.empty()) return broken;
  for (int round = 0; round < 200 && !ghosts().empty(); ++round) house_.wait(10ms);
  if (auto broken = ghosts(); !broken.empty()) return broken;
  if (!house_.settle()) return {"the processes do not come to rest"}; // an answer may be on its way still
  auto broken = witness_.look_at_rest(seen(), *house_.store);
  look_at_screens(broken);
  return broken;
}

void Night::opens() {
  if (chance_.one_in(2)) clients_.send(house_.any(), people_.opens_night(house_.clock->now()));
  house_.settle();
}

bool Night::step() {
  time_passes();
  goes_wrong();
  if (sabotage_) sabotage_(house_, witness_);
  for (auto wishes = 1 + chance_.below(3); wishes > 0; --wishes) {
    auto& process = house_.any();
    clients_.send(process, people_.something(house_.any().engine->state(), house_.clock->now()));
  }
  if (chance_.one_in(6))
    for (auto& wish : people_.rivals(house_.any().engine->state()))
      clients_.send(house_.any(), std::move(wish));
  if (chance_.one_in(3)) clients_.send_again();
  walks();
  if (!chance_.one_in(3)) return house_.settle();
  house_.stir(chance_.below(12));
  return true;
}

/// Handsets say where they are, whether they should or not.
void Night::walks() {
  for (auto fixes = chance_.below(4); fixes > 0; --fixes) {
    protocol::Fix const fix{people_.somewhere(), {10}, {}, {}, house_.clock->now() - chance_.up_to(2min)};
    bool const taken =
        house_.any().picture->report(people_.any_team(), fix, protocol::FixSource::handset).has_value();
    if (taken) ++figures_.fixes;
  }
}

/// Positions that the presence Redis keeps of teams that are not tracked, once all have said what they had
/// to say. What a process brought that died then stays until it expires.
Broken Night::ghosts() {
  auto const& state = house_.any().engine->state();
  Broken broken;
  for (auto const& [team, held] : house_.positions->kept)
    if (!tracked(state, team) && !held.from->away)
      broken.push_back("a position of " + team.value + " is kept off duty");
  return broken;
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
  if (chance_.one_in(30)) loses_time();
  if (chance_.one_in(40)) goes_offline();
  if (chance_.one_in(60)) kills_one();
  if (fails_over_ && chance_.one_in(30)) fails_over();
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

/// The clock of a process is set wrong, forward or back, or right again.
void Night::loses_time() {
  auto& process = house_.any();
  auto const ahead = process.clock->ahead == 0ms ? chance_.up_to(2h) - 1h : 0ms;
  house_.set_clock(process, ahead);
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

/// A replica takes over that lacks the journal's end, or an old one that lacks much. Perhaps a process begins
/// on it, and is used, before the others see it.
void Night::fails_over() {
  auto const before = house_.store->version();
  auto const lost = 1 + chance_.below(chance_.one_in(5) ? 60 : 8);
  if (before <= lost + yesterday_) return; // what is a day old is not lost
  house_.store->lose_after(before - lost);
  witness_.failed_over();
  ++figures_.failovers;
  figures_.cut += lost;
  if (!chance_.one_in(3) || house_.processes().size() >= 4) return;
  auto& stranger = house_.start();
  for (auto wishes = 1 + chance_.below(4); wishes > 0; --wishes)
    clients_.send(stranger, people_.something(stranger.engine->state(), house_.clock->now()));
}

/// Answered commands that are nowhere, though the process is there that answered them, and did not say that
/// they cannot be taken again.
Broken Night::missing_for_good() {
  Broken broken;
  for (auto const& command : witness_.missing())
    if (clients_.vouched_for(command) && !house_.given_up.contains(command))
      broken.push_back("answered command " + command.value + " was lost by a failover");
  return broken;
}

/// Journals are back, and some of the processes that were thought dead.
void Night::ends_troubles() {
  for (auto* process : house_.processes()) {
    process->journal->set_away(false);
    house_.set_clock(*process, 0ms);
  }
  for (auto* process : killed_) {
    if (!chance_.one_in(2)) continue;
    if (fails_over_) witness_.failed_over();
    house_.set_gone(*process, false);
    house_.set_clock(*process, 0ms);
  }
  house_.move_clock(1h);
  comes_online();
}

/// Where processes give up early, a busy machine may need many rounds.
bool Night::closes() {
  ends_troubles();
  constexpr int enough = 20;
  for (int round = 0; round < 10 * enough; ++round) {
    if (!house_.settle()) return false;
    clients_.send_all_again();
    if (!house_.settle()) return false;
    auto& process = house_.any();
    auto const wishes = people_.ends_work(process.engine->state(), house_.clock->now());
    for (auto const& wish : wishes) clients_.send(process, wish);
    bool const open = process.engine->state().night_is_open();
    if (wishes.empty() && !open && !clients_.waits()) return house_.settle();
    if (wishes.empty()) house_.move_clock(round < enough ? 3h : 1min);
  }
  return false;
}

} // namespace vigie::simulation
