#include "bench/load/pictures.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace vigie::bench {
namespace {

constexpr double second = 1e9;
constexpr std::int64_t quiet_ns = 100'000'000;
constexpr std::int64_t longest_drain_ns = 10'000'000'000;
constexpr std::int64_t warm_up_ns = 400'000'000;
constexpr std::int64_t afterwards_ns = 300'000'000; ///< the last that count are overtaken like all others
constexpr std::string_view latitude = R"("lat":48.)";

std::int64_t unix_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string_view fix_text(std::size_t mark, std::array<char, 256>& room) {
  int const size = std::snprintf(room.data(), room.size(),
                                 R"({"point":{"lon":-1.70388,"lat":48.%07zu},"accuracy_m":8.5,)"
                                 R"("speed_m_per_s":1.3,"battery_percent":74,"fixed_at_ms":%lld})",
                                 mark, static_cast<long long>(unix_ms()));
  return {room.data(), static_cast<std::size_t>(size)};
}

std::string_view team_name(std::size_t number, std::array<char, 32>& room) {
  int const size = std::snprintf(room.data(), room.size(), "team-%05zu", number);
  return {room.data(), static_cast<std::size_t>(size)};
}

/// A position holds three objects in one another; a picture is one more around them.
std::uint64_t positions_in(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '{')) / 3;
}

} // namespace

struct Pictures::Tally {
  std::int64_t at;
  std::size_t sent;
  std::uint64_t texts, positions;
  double servers_cpu, helpers_cpu, own_cpu;
};

void Pictures::seen(Client const& client, std::string_view text) {
  ++texts_;
  positions_ += positions_in(text);
  auto const viewer = client.number() - crowd_.handsets();
  if (sightings_.looks_at(viewer)) read_marks(viewer, text, now_ns());
}

void Pictures::read_marks(std::size_t viewer, std::string_view text, std::int64_t now) {
  for (auto at = text.find(latitude); at != std::string_view::npos; at = text.find(latitude, at)) {
    at += latitude.size();
    std::size_t mark = 0, worth = Sightings::marks / 10;
    for (; worth > 0 && text[at] >= '0' && text[at] <= '9'; ++at, worth /= 10)
      mark += static_cast<std::size_t>(text[at] - '0') * worth;
    sightings_.shown(viewer, mark, now);
  }
}

void Pictures::send_due(std::int64_t now) {
  auto const due = static_cast<std::uint64_t>(static_cast<double>(now - began_) * rate_ / second);
  while (sightings_.sent() < due) {
    std::array<char, 256> fix{};
    std::array<char, 32> team{};
    auto const number = sightings_.sent() % crowd_.handsets();
    auto const mark = sightings_.mark_next(now_ns());
    if (crowd_.handset(number).open())
      dialect_.publish(crowd_.handset(number), team_name(number, team), fix_text(mark, fix));
  }
}

void Pictures::run_until(std::int64_t end) {
  for (auto now = now_ns(); now < end; now = now_ns()) {
    send_due(now);
    auto const next =
        began_ + static_cast<std::int64_t>(static_cast<double>(sightings_.sent() + 1) * second / rate_);
    poller_.turn(std::min(next, end) - now, [this] { send_due(now_ns()); });
  }
}

/// Waits until viewers have heard nothing for a moment.
void Pictures::drain() {
  auto const end = now_ns() + longest_drain_ns;
  for (auto before = texts_ + 1; before != texts_ && now_ns() < end;) {
    before = texts_;
    for (auto const moment = now_ns() + quiet_ns; now_ns() < moment;) poller_.turn(quiet_ns);
  }
}

Pictures::Tally Pictures::tally(std::vector<int> const& servers, std::vector<int> const& helpers) const {
  return {now_ns(),
          sightings_.sent(),
          texts_,
          positions_,
          cpu_seconds(servers),
          cpu_seconds(helpers),
          cpu_seconds({getpid()})};
}

Answer Pictures::step(double rate, double seconds, std::vector<int> const& servers,
                      std::vector<int> const& helpers) {
  crowd_.on_text([this](Client const& viewer, std::string_view text) { seen(viewer, text); });
  drain();
  rate_ = rate;
  began_ = now_ns();
  sightings_.begin(crowd_.handsets(), crowd_.viewers());
  run_until(began_ + warm_up_ns);
  auto const first = tally(servers, helpers);
  run_until(first.at + static_cast<std::int64_t>(seconds * second));
  auto const last = tally(servers, helpers);
  run_until(last.at + afterwards_ns);
  crowd_.on_text({});
  return told(first, last);
}

Answer Pictures::told(Tally const& first, Tally const& last) const {
  auto const took = static_cast<double>(last.at - first.at) / second;
  auto const sent = static_cast<double>(last.sent - first.sent);
  auto const delivered = std::max(1.0, static_cast<double>(last.positions - first.positions));
  auto const server = last.servers_cpu - first.servers_cpu;
  auto const helpers = last.helpers_cpu - first.helpers_cpu;
  auto const late = [&, now = now_ns()](double share) {
    return sightings_.percentile_ms(share, first.sent, last.sent, now);
  };
  return {{"sent_per_s", sent / took},
          {"delivered_per_s", delivered / took},
          {"share", delivered / std::max(1.0, sent * static_cast<double>(crowd_.viewers()))},
          {"texts_per_s", static_cast<double>(last.texts - first.texts) / took},
          {"p50_ms", late(0.5)},
          {"p99_ms", late(0.99)},
          {"server_cpu", server / took},
          {"helpers_cpu", helpers / took},
          {"own_cpu", (last.own_cpu - first.own_cpu) / took},
          {"cpu_us_per_delivery", server * 1e6 / delivered},
          {"all_us_per_delivery", (server + helpers) * 1e6 / delivered},
          {"lost", static_cast<double>(crowd_.lost())}};
}

} // namespace vigie::bench
