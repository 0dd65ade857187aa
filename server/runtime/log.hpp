#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// What the server writes down for its administrator. Never a caller's name, number or words: those live in
/// the vault.
namespace vigie::log {

enum class Level { debug, info, warn, error };

struct Options {
  Level level = Level::info;
  std::optional<std::filesystem::path> file; ///< appended to; without it, standard error
  bool json = false;                         ///< one JSON object a line, instead of a readable line
};

/// Begins logging as told; may be called again to change. Throws std::runtime_error when the file cannot be
/// opened. Before the first call, messages from `info` upwards go to standard error.
void start(Options const& options);

/// Writes out what is still buffered; warnings and errors never wait for it.
void flush();

/// The level of that name, nothing when there is none.
std::optional<Level> level_named(std::string_view name);

/// One message of a room (`engine`, `gateway` ...), without line break at its end.
void debug(std::string_view room, std::string_view message);
void info(std::string_view room, std::string_view message);
void warn(std::string_view room, std::string_view message);
void error(std::string_view room, std::string_view message);

} // namespace vigie::log
