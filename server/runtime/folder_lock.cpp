#include "runtime/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <array>
#include <cstring>
#include <thread>

namespace vigie::runtime {
namespace {

using Clock = std::chrono::steady_clock;

std::string why() { return std::strerror(errno); }

std::string make_private(std::filesystem::path const& folder) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  return error ? "The folder " + folder.string() + " cannot be made: " + error.message() : "";
}

std::string holder_in(Descriptor const& file) {
  std::array<char, 16> text{};
  auto const size = ::pread(file.number(), text.data(), text.size() - 1, 0);
  return size > 0 ? " (process " + std::string(text.data(), static_cast<std::size_t>(size)) + ")" : "";
}

// A lock cannot be waited for with a deadline, so it is asked for again now and then.
bool locked_by(Descriptor const& file, Clock::time_point deadline) {
  while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

bool sign(Descriptor const& file) {
  auto const pid = std::to_string(::getpid());
  return ::ftruncate(file.number(), 0) == 0 &&
         ::pwrite(file.number(), pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
}

} // namespace

Result<FolderLock, std::string> lock_folder(std::filesystem::path const& folder, std::string const& name,
                                            std::chrono::milliseconds wait_at_most) {
  if (auto problem = make_private(folder); !problem.empty()) return Failure<std::string>(std::move(problem));
  auto const path = folder / name;
  FolderLock lock{Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))};
  if (!lock.descriptor)
    return Failure<std::string>("The folder " + folder.string() + " cannot be used: " + why());
  if (!locked_by(lock.descriptor, Clock::now() + wait_at_most))
    return Failure<std::string>("The folder " + folder.string() + " is in use by another server" +
                                holder_in(lock.descriptor) + ". Stop it, or choose another --data-dir.");
  if (!sign(lock.descriptor))
    return Failure<std::string>("The folder " + folder.string() + " cannot be written to: " + why());
  return lock;
}

} // namespace vigie::runtime
