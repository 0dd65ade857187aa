#include "bench/commands/return.hpp"

#include "bench/commands/measuring.hpp"

#include <chrono>
#include <iostream>
#include <thread>

namespace vigie::bench::commands {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t longest = 120'000'000'000;
constexpr auto until_all_is_tidied_up = 6s; ///< and what was checked of the sessions before is old

} // namespace

void tell_return(Party const& party, bool to_be_current, std::string const& pids) {
  Poller poller;
  Crowd crowd{poller, party, {}, to_be_current};
  crowd.come(longest);
  crowd.cut();
  std::this_thread::sleep_for(until_all_is_tidied_up);
  Effort effort{pids};
  effort.begin();
  auto const began = now_ns();
  crowd.come(longest);
  auto const seconds = double(now_ns() - began) / 1e9;
  effort.end();
  std::cout << R"({"screens":)" << crowd.size() << R"(,"seconds":)" << seconds << R"(,"cpu":)"
            << effort.json() << "}" << std::endl;
}

} // namespace vigie::bench::commands
