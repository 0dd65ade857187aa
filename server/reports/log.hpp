#pragma once

#include "engine/ports.hpp"
#include "protocol/result.hpp"
#include "reports/words.hpp"

#include <iosfwd>

namespace vigie::reports {

enum class Format {
  lines, ///< an event a line: local time, who, what
  json   ///< a commit a line, as the journal holds it
};

struct LogOptions {
  std::optional<protocol::NightDate> night; ///< none: the open night, or the last one
  Language language = Language::fr;
  Format format = Format::lines;
};

/// Writes the log (main courante) of one night: all from its opening to the next night's, with a line where
/// another day begins. Answers how many commits it wrote, or a sentence why it could not, or not whole. The
/// stream must live until then.
asio::awaitable<Result<std::size_t, std::string>> print_log(std::shared_ptr<engine::Journal> journal,
                                                            protocol::Service service, LogOptions options,
                                                            std::ostream& out);

} // namespace vigie::reports
