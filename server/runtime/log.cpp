#include "runtime/log.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

namespace vigie::log {
namespace {

constexpr std::array<std::pair<std::string_view, Level>, 4> names{
    {{"debug", Level::debug}, {"info", Level::info}, {"warn", Level::warn}, {"error", Level::error}}};

constexpr auto readable_line = "%Y-%m-%dT%H:%M:%S.%eZ %-5l %v";
constexpr auto json_line = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
  case Level::debug: return spdlog::level::debug;
  case Level::info: return spdlog::level::info;
  case Level::warn: return spdlog::level::warn;
  case Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

spdlog::sink_ptr sink_of(Options const& options) {
  if (!options.file) return std::make_shared<spdlog::sinks::stderr_sink_mt>();
  try {
    return std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file->string());
  } catch (spdlog::spdlog_ex const& reason) {
    throw std::runtime_error("The log file " + options.file->string() +
                             " cannot be opened: " + reason.what());
  }
}

struct Log {
  explicit Log(Options const& options) : logger("vigie", sink_of(options)), json(options.json) {
    logger.set_level(spdlog_level(options.level));
    logger.flush_on(spdlog::level::warn);
    logger.set_pattern(json ? json_line : readable_line, spdlog::pattern_time_type::utc);
  }

  spdlog::logger logger;
  bool json;
};

std::unique_ptr<Log>& current() {
  static auto log = std::make_unique<Log>(Options{});
  return log;
}

// Control characters would let a message forge lines of the log, or colour the terminal of its reader.
void append_escaped(std::string& line, std::string_view text, bool json) {
  constexpr auto digits = "0123456789abcdef";
  for (unsigned char const c : text) {
    if (c < 0x20 || c == 0x7f) {
      line.append("\\u00").append(1, digits[c >> 4]).append(1, digits[c & 15]);
    } else {
      if (json && (c == '"' || c == '\\')) line += '\\';
      line += static_cast<char>(c);
    }
  }
}

std::string line_of(std::string_view room, std::string_view message, bool json) {
  std::string line = json ? R"("room":")" : "";
  append_escaped(line, room, json);
  line += json ? R"(","message":")" : ": ";
  append_escaped(line, message, json);
  if (json) line += '"';
  return line;
}

void write(spdlog::level::level_enum level, std::string_view room, std::string_view message) {
  auto& log = *current();
  if (log.logger.should_log(level)) log.logger.log(level, line_of(room, message, log.json));
}

} // namespace

void start(Options const& options) {
  auto next = std::make_unique<Log>(options);
  current().swap(next);
}

void flush() { current()->logger.flush(); }

std::optional<Level> level_named(std::string_view name) {
  for (auto const& [known, level] : names)
    if (known == name) return level;
  return std::nullopt;
}

void debug(std::string_view room, std::string_view message) { write(spdlog::level::debug, room, message); }
void info(std::string_view room, std::string_view message) { write(spdlog::level::info, room, message); }
void warn(std::string_view room, std::string_view message) { write(spdlog::level::warn, room, message); }
void error(std::string_view room, std::string_view message) { write(spdlog::level::err, room, message); }

} // namespace vigie::log
