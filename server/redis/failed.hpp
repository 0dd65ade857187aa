#pragma once

#include <string>
#include <vector>

namespace vigie::redis {

/// Why Redis gave no answer.
enum class Trouble {
  disconnected, ///< no connection, or it was lost before the answer: whether the command was carried out is
                ///< unknown
  timed_out,    ///< no answer in time: whether the command was carried out is unknown
  overloaded,   ///< too much is waiting already; the command was not sent
  refused       ///< Redis does not let us in (password, database, still loading), or the command is empty
};

/// A trouble with a sentence for the log.
struct Failed {
  Trouble trouble;
  std::string detail;
};

/// A command: its verb, then its arguments, any bytes. Not for SUBSCRIBE and MONITOR.
using Command = std::vector<std::string>;

} // namespace vigie::redis
