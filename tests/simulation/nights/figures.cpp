#include "figures.hpp"

namespace vigie::simulation {

std::string told(Figures const& f) {
  auto const count = [](std::size_t number, char const* what) { return std::to_string(number) + " " + what; };
  return count(f.nights, "nights, ") + count(f.steps, "steps, ") + count(f.sent, "commands (") +
         count(f.again, "again), ") + count(f.commits, "commits; answers: ") + count(f.taken, "taken, ") +
         count(f.refused, "refused, ") + count(f.unknown, "unknown;\n") + count(f.conflicts, "conflicts, ") +
         count(f.lost, "lost answers, ") + count(f.away, "outages, ") + count(f.starts, "starts, ") +
         count(f.kills, "kills, ") + count(f.fixes, "fixes, ") + count(f.failovers, "failovers that lost ") +
         count(f.cut, "commits (") + count(f.given_up, "commands for good; mended ") +
         count(f.mended, "times)");
}

} // namespace vigie::simulation
