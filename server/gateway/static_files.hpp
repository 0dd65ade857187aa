#pragma once

#include "gateway/http.hpp"

#include <filesystem>

namespace vigie::gateway {

/// The built console, read into memory once: nothing outside it can be asked for.
class StaticFiles {
 public:
  /// Reads all files below `folder`; `name.gz` and `name.br` are `name`, compressed. Throws
  /// std::runtime_error when the folder cannot be read.
  explicit StaticFiles(std::filesystem::path const& folder);

  /// A page (`/`, `/desk`), or a file by its path; 304 when the browser has it already, 404 otherwise.
  HttpResponse answer(HttpRequest const& request) const;

 private:
  struct File {
    std::string type;
    std::string tag;                                                  ///< of its contents
    std::map<std::string, std::shared_ptr<std::string const>> bodies; ///< by encoding; "" is plain
  };
  void read(std::filesystem::path const& file, std::string name);

  std::map<std::string, File> files_;
};

} // namespace vigie::gateway
