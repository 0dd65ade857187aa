#pragma once

#include <string>
#include <vector>

namespace vigie::runtime {

/// Something wrong in a configuration file, told so that it can be put right without reading code.
struct Problem {
  std::string file;
  unsigned line = 0; ///< from 1; 0 when it is about the file as a whole
  std::string key;   ///< the way to the value, such as `windows[0].opens`; empty when there is none
  std::string message;

  /// `config/vigie.toml:12: limits.frame_bytes: expected a whole number …`
  std::string text() const;
};

using Problems = std::vector<Problem>;

/// One line for each problem.
std::string text_of(Problems const& problems);

} // namespace vigie::runtime
