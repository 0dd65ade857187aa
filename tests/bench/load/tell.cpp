#include "bench/load/tell.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>

namespace vigie::bench {
namespace {

double cpu_seconds_of(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  auto const name_ends = text.rfind(')');
  if (name_ends == std::string::npos) return 0;
  std::istringstream fields{text.substr(name_ends + 2)};
  std::vector<std::string> const all{std::istream_iterator<std::string>{fields}, {}};
  constexpr std::size_t user = 11, system = 12;
  return (std::stod(all.at(user)) + std::stod(all.at(system))) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

} // namespace

void tell(Answer const& answer) {
  std::ostringstream line;
  line.precision(9);
  char between = '{';
  for (auto const& [name, value] : answer)
    line << std::exchange(between, ',') << '"' << name << "\":" << value;
  std::puts((line.str() + "}").c_str());
  std::fflush(stdout);
}

std::vector<std::string> next_order() {
  static std::string read;
  static bool const waits_not = fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) == 0;
  char more[4096];
  auto const got = waits_not ? ::read(STDIN_FILENO, more, sizeof more) : 0;
  if (got == 0) throw Ended{};
  if (got > 0) read.append(more, static_cast<std::size_t>(got));
  auto const end = read.find('\n');
  if (end == std::string::npos) return {};
  std::istringstream line{read.substr(0, end)};
  read.erase(0, end + 1);
  return {std::istream_iterator<std::string>{line}, {}};
}

double cpu_seconds(std::vector<int> const& pids) {
  double sum = 0;
  for (int const pid : pids) sum += cpu_seconds_of(pid);
  return sum;
}

double Delays::percentile_ms(double share) {
  if (all_.empty()) return 0;
  auto const at =
      std::min(all_.size() - 1, static_cast<std::size_t>(share * static_cast<double>(all_.size())));
  std::nth_element(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(at), all_.end());
  return all_[at] / 1000;
}

} // namespace vigie::bench
