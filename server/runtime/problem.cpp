#include "runtime/problem.hpp"

namespace vigie::runtime {

std::string Problem::text() const {
  std::string line = file;
  if (this->line > 0) line += ":" + std::to_string(this->line);
  if (!key.empty()) line += ": " + key;
  return line + ": " + message;
}

std::string text_of(Problems const& problems) {
  std::string lines;
  for (auto const& problem : problems) lines += problem.text() + "\n";
  return lines;
}

} // namespace vigie::runtime
