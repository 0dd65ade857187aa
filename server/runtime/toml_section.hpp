#pragma once

#include "runtime/problem.hpp"

#include <toml++/toml.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// Reads TOML tables key by key and collects everything that is wrong. For this room's own files only.
namespace vigie::runtime {

/// Smallest and largest value allowed, both included.
template <class Number> struct Range {
  Number min;
  Number max;
};

/// One table of a TOML file. A getter with a fallback takes it when the key is absent; without one, absence
/// is a problem. A value of the wrong type or out of range is a problem and answers the fallback too. On
/// leaving, every key that nobody asked for is a problem.
class TomlSection {
 public:
  TomlSection(toml::table const& table, std::string path, std::string file, Problems& problems);
  TomlSection(TomlSection&& other) noexcept;
  TomlSection& operator=(TomlSection&&) = delete;
  ~TomlSection();

  bool has(std::string const& key) const;
  std::string text(std::string const& key, std::optional<std::string> fallback,
                   std::size_t max_length = 4096);
  bool flag(std::string const& key, bool fallback);
  std::int64_t whole(std::string const& key, Range<std::int64_t> range, std::optional<std::int64_t> fallback);
  double number(std::string const& key, Range<double> range, std::optional<double> fallback);
  /// Written as `250 ms`, `30 s`, `5 min`, `12 h` or `60 days`.
  std::chrono::milliseconds time(std::string const& key, Range<std::chrono::milliseconds> range,
                                 std::optional<std::chrono::milliseconds> fallback);
  std::vector<std::string> texts(std::string const& key);
  /// The table under the key; an empty one when absent.
  TomlSection section(std::string const& key);
  /// The tables of an array of tables (`[[key]]`); none when absent.
  std::vector<TomlSection> sections(std::string const& key);

  /// Reports that the value under the key, or the section itself when the key is empty, is wrong; unless it
  /// was rejected.
  void refuse(std::string const& key, std::string message);
  /// The same, as the getters do: whatever else is wrong with this value comes of it, and is not told.
  void reject(std::string const& key, std::string message);
  std::string path_of(std::string const& key) const;

 private:
  toml::node const* asked(std::string const& key);
  template <class Value>
  Value missing(std::string const& key, std::optional<Value> const& fallback, std::string const& expected);
  void report_unknown() const;

  toml::table const* table_;
  std::string path_;
  std::string file_;
  Problems* problems_;
  std::set<std::string, std::less<>> asked_;
  std::set<std::string, std::less<>> rejected_;
};

/// The file's root table, or why it cannot be read.
std::optional<toml::table> parse_toml(std::filesystem::path const& file, Problems& problems);

} // namespace vigie::runtime
