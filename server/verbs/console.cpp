#include "verbs/console.hpp"

namespace vigie::verbs {

Result<std::filesystem::path, std::string> find_console(runtime::FolderSettings const& folders) {
  std::error_code trouble;
  if (std::filesystem::is_directory(folders.console, trouble)) return folders.console;
  auto const why = trouble ? trouble.message() : "it is no folder";
  return Failure<std::string>{"folders.console: " + folders.console.string() +
                              ": cannot be read; it is to hold the built console: " + why};
}

} // namespace vigie::verbs
