#include "runtime/child_process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>

namespace vigie::runtime {
namespace {

constexpr int kept_number = 3;

// Between fork and exec only calls that are safe in a signal handler are allowed.
[[noreturn]] void become(char const* program, char** arguments, int kept, int report, int parent) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1); // it ended before the kernel was told
  auto const null = open("/dev/null", O_RDWR);
  for (int standard = 0; standard < 3; ++standard) dup2(null, standard);
  auto const safe_report = fcntl(report, F_DUPFD_CLOEXEC, kept_number + 1);
  dup2(kept, kept_number);
  fcntl(kept_number, F_SETFD, 0);
  close_range(kept_number + 1, ~0u, CLOSE_RANGE_CLOEXEC);
  execv(program, arguments);
  auto const error = errno;
  [[maybe_unused]] auto const written = write(safe_report, &error, sizeof error);
  _exit(127);
}

// The report's other end closes without a word when exec has succeeded.
int exec_error(Descriptor const& report) {
  int error = 0;
  ssize_t size = 0;
  do size = ::read(report.number(), &error, sizeof error);
  while (size < 0 && errno == EINTR);
  return size == sizeof error ? error : 0;
}

// glibc 2.36 declares pidfd_open for C alone.
Descriptor pidfd_of(int pid) { return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))); }

// Goes on waiting when a signal comes in between.
bool readable_within(Descriptor const& handle, std::chrono::milliseconds time) {
  using Clock = std::chrono::steady_clock;
  auto const deadline = Clock::now() + time;
  for (auto left = time;; left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now())) {
    pollfd end{handle.number(), POLLIN, 0};
    auto const ready = ::poll(&end, 1, static_cast<int>(std::max(left, left.zero()).count()));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

Failure<std::string> not_started(std::filesystem::path const& program, int error) {
  return Failure<std::string>(program.string() + " cannot be started: " + std::strerror(error));
}

} // namespace

Result<ChildProcess, std::string> ChildProcess::start(std::filesystem::path const& program,
                                                      std::vector<std::string> const& arguments,
                                                      Descriptor const& kept_open) {
  std::vector<char*> pointers;
  pointers.reserve(arguments.size() + 1);
  for (auto const& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return not_started(program, errno);
  Descriptor const report(pipe[0]);
  Descriptor told(pipe[1]);

  auto const parent = ::getpid();
  auto const pid = ::fork();
  if (pid < 0) return not_started(program, errno);
  if (pid == 0) become(program.c_str(), pointers.data(), kept_open.number(), told.number(), parent);

  told = Descriptor();
  ChildProcess child(pid, pidfd_of(pid));
  if (!child.handle_) {
    auto const error = errno;
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    child.pid_ = -1;
    return not_started(program, error);
  }
  if (auto const error = exec_error(report)) return not_started(program, error);
  return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), handle_(std::move(other.handle_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(handle_, other.handle_);
  return *this;
}

ChildProcess::~ChildProcess() { stop(std::chrono::milliseconds(0)); }

bool ChildProcess::ended_within(std::chrono::milliseconds time) {
  if (pid_ < 0) return true;
  if (!readable_within(handle_, time)) return false;
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
  handle_ = Descriptor();
  return true;
}

void ChildProcess::stop(std::chrono::milliseconds patience) {
  if (ended_within({})) return;
  ::kill(pid_, SIGTERM);
  if (ended_within(patience)) return;
  ::kill(pid_, SIGKILL);
  while (!ended_within(std::chrono::seconds(1))) {
  }
}

int ChildProcess::watch() const { return handle_ ? ::fcntl(handle_.number(), F_DUPFD_CLOEXEC, 0) : -1; }

} // namespace vigie::runtime
