#include "runtime/service_file.hpp"
#include "runtime/settings.hpp"

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>

/// One TOML text, read as `vigie.toml` and as a service's file: it is taken, or every problem is a sentence.
namespace {

using namespace vigie;

class Folder {
 public:
  Folder() : path_("/dev/shm/vigie-fuzz-" + std::to_string(::getpid())) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  /// Writes the text to the file that a service named rennes would have.
  std::filesystem::path write(std::string_view text) const {
    auto const file = path_ / "rennes.toml";
    std::ofstream{file, std::ios::binary}.write(text.data(), static_cast<std::streamsize>(text.size()));
    return file;
  }

 private:
  std::filesystem::path path_;
};

template <class Read> void check(Read const& read) {
  if (read) return;
  if (read.error().empty()) std::abort();
  for (auto const& problem : read.error())
    if (problem.message.empty()) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Folder const folder;
  auto const file = folder.write({reinterpret_cast<char const*>(data), size});
  check(runtime::read_settings(file));
  check(runtime::read_service(file));
  return 0;
}
