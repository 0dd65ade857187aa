// vigie_bench_crowd DIALECT PORT HANDSETS VIEWERS TOKENS
//
// Connects a crowd to a server, says so, and then does what each line of its input orders:
//   step RATE SECONDS SERVERS [HELPERS]  handsets report positions; viewers look
//   changes SECONDS BYTES SERVERS        one change after another to all viewers
// (process ids with commas between them)
// and stays connected between orders. TOKENS is a file of Vigie's sessions, one a line; `-` for other
// servers.
#include "bench/load/changes.hpp"
#include "bench/load/pictures.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

namespace {

using namespace vigie::bench;

std::vector<std::string> lines_of(std::string const& name) {
  std::ifstream file(name);
  return {std::istream_iterator<std::string>{file}, {}};
}

/// Process ids with commas between them.
std::vector<int> pids_in(std::vector<std::string> const& order, std::size_t at) {
  std::vector<int> pids;
  std::istringstream list{at < order.size() ? order[at] : ""};
  for (std::string pid; std::getline(list, pid, ',');) pids.push_back(std::stoi(pid));
  return pids;
}

void serve(std::vector<std::string> const& words) {
  constexpr std::int64_t turn_ns = 10'000'000;
  auto const dialect = dialect_named(words.at(0), lines_of(words.at(4)));
  Poller poller;
  Crowd crowd{poller, *dialect, static_cast<std::uint16_t>(std::stoi(words.at(1)))};
  Pictures pictures{poller, *dialect, crowd};
  Changes changes{poller, *dialect, crowd, words.at(0) == "vigie"};
  auto const began = now_ns();
  crowd.gather(std::stoul(words.at(2)), std::stoul(words.at(3)));
  tell({{"gathered_s", static_cast<double>(now_ns() - began) / 1e9}});
  for (;; poller.turn(turn_ns)) {
    auto const order = next_order();
    if (order.empty()) continue;
    if (order.at(0) == "step")
      tell(pictures.step(std::stod(order.at(1)), std::stod(order.at(2)), pids_in(order, 3),
                         pids_in(order, 4)));
    else
      tell(changes.run(std::stod(order.at(1)), std::stoul(order.at(2)), pids_in(order, 3)));
  }
}

} // namespace

int main(int count, char** words) {
  try {
    serve({words + 1, words + count});
  } catch (Ended const&) {
    return 0;
  } catch (std::exception const& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
