#pragma once

#include <string>
#include <string_view>

/// Inner part of the room: texts as they may be printed.
namespace vigie::reports {

/// The text (UTF-8) with `\u000a` in place of each character that could begin a line, colour a terminal or
/// turn the direction of reading: what somebody wrote cannot look like a line of the log.
std::string visible(std::string_view text);

} // namespace vigie::reports
