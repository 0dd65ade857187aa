#include "bench/commands/load.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iostream>
#include <random>
#include <utility>

namespace vigie::bench::commands {
namespace {

constexpr std::int64_t turn_length = 500'000;
constexpr std::size_t fixes_at_a_time = 100; ///< then frames are heard, even where it falls behind
constexpr std::int64_t slice = 100'000'000;
constexpr std::int64_t longest_rest = 20'000'000'000;
constexpr double at_rest = 0.1; ///< of a core, for all servers together
constexpr std::int64_t longest_arrival = 60'000'000'000;

double seconds_since(std::int64_t moment) { return double(now_ns() - moment) / 1e9; }

std::int64_t wall_clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// The number behind `before` in a frame.
std::uint64_t number_after(std::string_view text, std::string_view before) {
  auto const found = text.find(before);
  std::uint64_t number = 0;
  if (found == std::string_view::npos) return number;
  auto const* from = text.data() + found + before.size();
  std::from_chars(from, text.data() + text.size(), number);
  return number;
}

/// One of the 255 sets of danger signs, so that each command changes something.
std::string dangers(std::uint64_t number) {
  constexpr std::array names{"violence", "weapon", "alcohol_or_drugs", "minor", "fire", "dog",
                             "crowd",    "health"};
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i)
    if ((number % 255 + 1) >> i & 1U) (((list += list.empty() ? "\"" : ",\"") += names[i]) += '"');
  return list;
}

/// No two runs share ids, so that none is answered from an earlier one.
std::string const& run_name() {
  static std::string const name = std::to_string(std::random_device{}());
  return name;
}

} // namespace

Loading::Loading(Party const& party, Load load)
    : party_(party), load_(std::move(load)),
      crowd_(poller_, party, [this](std::size_t screen, std::string_view text) { heard(screen, text); }),
      effort_(load_.pids), services_(party.services), on_break_(crowd_.size()) {}

void Loading::run() {
  crowd_.come(longest_arrival);
  play(load_.warm_up_s);
  hear_out();
  measuring_ = true;
  effort_.begin();
  seconds_ = play(load_.measured_s);
  measuring_ = false;
  hear_out();
  effort_.end();
  tell();
}

/// Loads for so many seconds; tells how many they were.
double Loading::play(double seconds) {
  began_ = now_ns();
  sent_before_ = sent_.size();
  fixes_before_ = fixes_sent_;
  playing_ = true;
  for (std::size_t n = 0; n < load_.outstanding; ++n)
    for (std::size_t screen = 0; screen < crowd_.size(); ++screen)
      if (keeps_sending(screen)) send_command(screen);
  while (seconds_since(began_) < seconds) send_what_is_due();
  playing_ = false;
  return seconds_since(began_);
}

/// Hears what still comes until the servers rest: what was sent counts with all that it costs them.
void Loading::hear_out() {
  auto const until = now_ns() + longest_rest;
  do {
    effort_.look();
    for (auto const end = now_ns() + slice; now_ns() < end;) poller_.turn(turn_length);
  } while (now_ns() < until && effort_.since_look() > at_rest * double(slice) / 1e9);
}

/// Sends what the pace asks for by now, between the frames that are heard.
void Loading::send_what_is_due() {
  auto const catch_up = [this] {
    auto const seconds = seconds_since(began_);
    auto const desks = party_.services * party_.desks;
    auto const commands =
        load_.outstanding ? 0 : sent_before_ + std::size_t(seconds * load_.commands_a_second);
    while (sent_.size() < commands)
      send_command(
          crowd_.desk(sent_.size() % desks % party_.services, sent_.size() % desks / party_.services));
    auto const fixes = fixes_before_ + std::size_t(seconds * load_.fixes_a_second);
    for (auto const most = fixes_sent_ + fixes_at_a_time; fixes_sent_ < std::min(fixes, most);) send_fixes();
  };
  catch_up();
  poller_.turn(turn_length, catch_up);
}

bool Loading::keeps_sending(std::size_t screen) const {
  return crowd_.is_desk(screen) ||
         (load_.from_handsets && screen != crowd_.handset(crowd_.service_of(screen), 0));
}

/// A desk sees other danger signs in a request; a team goes on its break, or comes back.
std::string Loading::command_of(std::size_t screen) {
  auto const service = crowd_.service_of(screen);
  if (crowd_.is_desk(screen))
    return R"({"type":"amend_request","request":"r-1","dangers":[)" + dangers(services_[service].dangers++) +
           "]}";
  auto const team = std::to_string(screen - crowd_.handset(service, 0) + 1);
  on_break_[screen] = !on_break_[screen];
  return R"({"type":")" + std::string(on_break_[screen] ? "take_break" : "end_break") + R"(","team":"team-)" +
         team + R"("})";
}

void Loading::send_command(std::size_t screen) {
  auto const number = std::to_string(sent_.size());
  auto const text = R"({"type":"submit","id":"b)" + run_name() + "-" + number + R"(","made_at_ms":)" +
                    std::to_string(wall_clock_ms()) + R"(,"command":)" + command_of(screen) + "}";
  sent_.push_back({now_ns(), measuring_, screen});
  if (measuring_) ++commands_;
  crowd_.say(screen, text);
}

/// A handset's next positions: one, or some that its network held back and sends together.
void Loading::send_fixes() {
  auto const next = fixes_sent_ / load_.fixes_together % (party_.services * party_.handsets);
  auto const screen = crowd_.handset(next % party_.services, next / party_.services);
  bool const stuck = crowd_.stuck(screen); // then a handset waits for a newer one
  for (auto left = load_.fixes_together; left > 0; --left) {
    ++fixes_sent_;
    if (stuck) ++fixes_held_back_;
    if (stuck) continue;
    if (measuring_) ++fixes_;
    left > 1 ? crowd_.put(screen, fix()) : crowd_.say(screen, fix());
  }
}

std::string Loading::fix() const {
  auto const step = std::to_string(100 + fixes_sent_ % 800);
  return R"({"type":"report_fix","fix":{"point":{"lon":-1.6)" + step + R"(,"lat":48.1)" + step +
         R"(},"accuracy_m":8.5,"speed_m_per_s":1.3,"battery_percent":80,"fixed_at_ms":)" +
         std::to_string(wall_clock_ms()) + "}}";
}

void Loading::heard(std::size_t screen, std::string_view text) {
  if (text.starts_with(R"({"type":"accepted")"))
    accepted(crowd_.service_of(screen), text);
  else if (text.starts_with(R"({"type":"whole")") && screen == crowd_.handset(crowd_.service_of(screen), 0))
    shown(crowd_.service_of(screen), text);
  else if (text.starts_with(R"({"type":"picture")"))
    ++pictures_;
  else if (text.starts_with(R"({"type":"rejected")"))
    rejected(text);
  else if (text.starts_with(R"({"type":"fix_refused")") || text.starts_with(R"({"type":"fault")"))
    ++fixes_refused_;
}

void Loading::rejected(std::string_view text) {
  if (sent_[number_after(text, run_name() + "-")].counts) ++rejected_;
}

void Loading::accepted(std::size_t service, std::string_view text) {
  auto const command = number_after(text, run_name() + "-");
  auto const version = number_after(text, R"("version":)");
  auto const sent = sent_[command];
  if (sent.counts) to_answer_.add(now_ns() - sent.at);
  if (sent.counts) ++answers_;
  if (sent.counts && measuring_) ++answered_in_time_;
  if (!load_.answered.empty())
    accepted_ids_ += std::to_string(service) + " b" + run_name() + "-" + std::to_string(command) + "\n";
  if (load_.outstanding && playing_) send_command(sent.screen);
  if (!crowd_.is_desk(sent.screen)) return;
  auto& shown = services_[service].shown;
  auto const first = std::partition_point(shown.begin(), shown.end(),
                                          [&](auto const& entry) { return entry.first < version; });
  if (first != shown.end()) return arrived(command, first->second);
  services_[service].unseen.emplace_back(version, command);
}

void Loading::shown(std::size_t service, std::string_view text) {
  auto const version = number_after(text, R"("version":)");
  auto& [shown, unseen, dangers] = services_[service];
  constexpr std::size_t enough = 1000;
  shown.emplace_back(version, now_ns());
  if (shown.size() > enough) shown.pop_front();
  for (auto waiting = std::exchange(unseen, {}); auto const& [wanted, command] : waiting)
    if (wanted <= version)
      arrived(command, shown.back().second);
    else
      unseen.emplace_back(wanted, command);
}

void Loading::arrived(std::size_t command, std::int64_t when) {
  if (sent_[command].counts) to_handset_.add(when - sent_[command].at);
}

void Loading::tell() {
  if (!load_.answered.empty()) std::ofstream(load_.answered) << accepted_ids_;
  std::cout << R"({"seconds":)" << seconds_ << R"(,"commands":)" << commands_ << R"(,"answers":)" << answers_
            << R"(,"answers_in_time":)" << answered_in_time_ << R"(,"rejected":)" << rejected_
            << R"(,"to_answer":)" << to_answer_.json() << R"(,"to_handset":)" << to_handset_.json()
            << R"(,"fixes":)" << fixes_ << R"(,"fixes_in_all":)" << fixes_sent_ - fixes_held_back_
            << R"(,"fixes_refused":)" << fixes_refused_ << R"(,"fixes_held_back":)" << fixes_held_back_
            << R"(,"pictures":)" << pictures_ << R"(,"lost":)" << crowd_.lost() << R"(,"close_code":)"
            << crowd_.code() << R"(,"cpu":)" << effort_.json() << "}" << std::endl;
}

} // namespace vigie::bench::commands
