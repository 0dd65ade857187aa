#include "bench/load/changes.hpp"

#include <chrono>
#include <random>
#include <stdexcept>

namespace vigie::bench {
namespace {

constexpr std::int64_t patience_ns = 5'000'000'000;

/// A team takes a break, and at its next turn ends it.
std::string command_text(std::uint64_t turn, std::size_t handset, std::size_t handsets) {
  static auto const run = std::to_string(std::random_device{}());
  using namespace std::chrono;
  auto const now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  std::string team = std::to_string(handset);
  team.insert(0, 5 - team.size(), '0');
  bool const begins = turn / handsets % 2 == 0;
  return R"({"type":"submit","id":"bench-)" + run + "-" + std::to_string(turn) + R"(","made_at_ms":)" +
         std::to_string(now) + R"(,"command":{"type":")" + (begins ? "take_break" : "end_break") +
         R"(","team":"team-)" + team + R"("}})";
}

} // namespace

void Changes::make_one() {
  auto const handset = made_ % crowd_.handsets();
  auto const& text = as_commands_ ? command_text(made_, handset, crowd_.handsets()) : text_;
  dialect_.tell_all(crowd_.handset(handset), text);
  ++made_;
}

void Changes::wait_for_all() {
  auto const began = now_ns();
  while (seen_ < crowd_.viewers()) {
    poller_.turn(patience_ns);
    if (now_ns() - began > patience_ns)
      throw std::runtime_error(std::to_string(seen_) + " viewers saw change " + std::to_string(made_));
  }
  auto const now = now_ns();
  whole_.add(static_cast<double>(now - began) / 1000);
  spread_.add(static_cast<double>(now - first_seen_) / 1000);
}

Answer Changes::run(double seconds, std::size_t bytes, std::vector<int> const& servers) {
  crowd_.on_text([this](Client const&, std::string_view text) {
    if (seen_++ == 0) first_seen_ = now_ns();
    bytes_ += text.size();
  });
  text_ = "{\"text\":\"" + std::string(bytes > 11 ? bytes - 11 : 0, 'x') + "\"}";
  whole_.clear();
  spread_.clear();
  bytes_ = 0;
  auto const began = now_ns();
  auto const made_before = made_;
  auto const cpu_before = cpu_seconds(servers);
  while (now_ns() - began < static_cast<std::int64_t>(seconds * 1e9)) {
    seen_ = 0;
    make_one();
    wait_for_all();
  }
  auto const cpu = cpu_seconds(servers) - cpu_before;
  crowd_.on_text({});
  auto const took = static_cast<double>(now_ns() - began) / 1e9;
  auto const made = static_cast<double>(made_ - made_before);
  auto const delivered = made * static_cast<double>(crowd_.viewers());
  return {{"changes_per_s", made / took},
          {"delivered_per_s", delivered / took},
          {"bytes", static_cast<double>(bytes_) / delivered},
          {"whole_ms", whole_.percentile_ms(0.5)},
          {"spread_ms", spread_.percentile_ms(0.5)},
          {"cpu_us_per_delivery", cpu * 1e6 / delivered}};
}

} // namespace vigie::bench
