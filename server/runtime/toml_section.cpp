#include "runtime/toml_section.hpp"

#include "runtime/toml_time.hpp"

#include <sstream>

namespace vigie::runtime {
namespace {

std::string number_text(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::string type_text(toml::node const& node) {
  switch (node.type()) {
  case toml::node_type::string: return "a text";
  case toml::node_type::integer: return "a whole number";
  case toml::node_type::floating_point: return "a number";
  case toml::node_type::boolean: return "true or false";
  case toml::node_type::array: return "a list";
  case toml::node_type::table: return "a table";
  default: return "a date or time";
  }
}

std::string listed(std::set<std::string, std::less<>> const& names) {
  std::string list;
  for (auto const& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

unsigned line_of(toml::node const& node) { return static_cast<unsigned>(node.source().begin.line); }

} // namespace

TomlSection::TomlSection(toml::table const& table, std::string path, std::string file, Problems& problems)
    : table_(&table), path_(std::move(path)), file_(std::move(file)), problems_(&problems) {}

TomlSection::TomlSection(TomlSection&& other) noexcept
    : table_(std::exchange(other.table_, nullptr)), path_(std::move(other.path_)),
      file_(std::move(other.file_)), problems_(other.problems_), asked_(std::move(other.asked_)),
      rejected_(std::move(other.rejected_)) {}

TomlSection::~TomlSection() {
  if (table_) report_unknown();
}

bool TomlSection::has(std::string const& key) const { return table_->contains(key); }

std::string TomlSection::path_of(std::string const& key) const {
  return path_.empty() || key.empty() ? path_ + key : path_ + "." + key;
}

void TomlSection::refuse(std::string const& key, std::string message) {
  if (rejected_.contains(key)) return;
  auto const* node = key.empty() ? nullptr : table_->get(key);
  auto const line = line_of(node ? *node : *table_);
  problems_->push_back({file_, line, path_of(key), std::move(message)});
}

void TomlSection::reject(std::string const& key, std::string message) {
  refuse(key, std::move(message));
  rejected_.insert(key);
}

toml::node const* TomlSection::asked(std::string const& key) {
  asked_.insert(key);
  return table_->get(key);
}

template <class Value>
Value TomlSection::missing(std::string const& key, std::optional<Value> const& fallback,
                           std::string const& expected) {
  if (!fallback) refuse(key, "is missing; expected " + expected);
  return fallback.value_or(Value{});
}

std::string TomlSection::text(std::string const& key, std::optional<std::string> fallback,
                              std::size_t max_length) {
  auto const expected = "a text of at most " + std::to_string(max_length) + " bytes";
  auto const* node = asked(key);
  if (!node) return missing(key, fallback, expected);
  auto const value = node->value_exact<std::string>();
  if (value && value->size() <= max_length) return *value;
  reject(key, "expected " + expected + (value ? "" : ", found " + type_text(*node)));
  return fallback.value_or("");
}

bool TomlSection::flag(std::string const& key, bool fallback) {
  auto const* node = asked(key);
  if (!node) return fallback;
  if (auto const value = node->value_exact<bool>()) return *value;
  reject(key, "expected true or false, found " + type_text(*node));
  return fallback;
}

std::int64_t TomlSection::whole(std::string const& key, Range<std::int64_t> range,
                                std::optional<std::int64_t> fallback) {
  auto const expected =
      "a whole number from " + std::to_string(range.min) + " to " + std::to_string(range.max);
  auto const* node = asked(key);
  if (!node) return missing(key, fallback, expected);
  auto const value = node->value_exact<std::int64_t>();
  if (value && *value >= range.min && *value <= range.max) return *value;
  reject(key, "expected " + expected + ", found " + (value ? std::to_string(*value) : type_text(*node)));
  return fallback.value_or(range.min);
}

double TomlSection::number(std::string const& key, Range<double> range, std::optional<double> fallback) {
  auto const expected = "a number from " + number_text(range.min) + " to " + number_text(range.max);
  auto const* node = asked(key);
  if (!node) return missing(key, fallback, expected);
  auto const value = node->is_number() ? node->value<double>() : std::nullopt;
  if (value && *value >= range.min && *value <= range.max) return *value;
  reject(key, "expected " + expected + ", found " + (value ? number_text(*value) : type_text(*node)));
  return fallback.value_or(range.min);
}

std::chrono::milliseconds TomlSection::time(std::string const& key, Range<std::chrono::milliseconds> range,
                                            std::optional<std::chrono::milliseconds> fallback) {
  auto const expected =
      "a time such as \"30 s\", from " + written_time(range.min) + " to " + written_time(range.max);
  auto const* node = asked(key);
  if (!node) return missing(key, fallback, expected);
  auto const written = node->value_exact<std::string>();
  auto const value = written ? time_written(*written) : std::nullopt;
  if (value && *value >= range.min && *value <= range.max) return *value;
  reject(key, "expected " + expected + ", found " + (written ? "\"" + *written + "\"" : type_text(*node)));
  return fallback.value_or(range.min);
}

std::vector<std::string> TomlSection::texts(std::string const& key) {
  auto const* node = asked(key);
  if (!node) return {};
  std::vector<std::string> values;
  auto const* array = node->as_array();
  if (array)
    for (auto const& item : *array)
      if (auto value = item.value_exact<std::string>()) values.push_back(std::move(*value));
  if (!array || values.size() != array->size()) reject(key, "expected a list of texts");
  return values;
}

TomlSection TomlSection::section(std::string const& key) {
  static toml::table const none;
  auto const* node = asked(key);
  auto const* table = node ? node->as_table() : nullptr;
  if (node && !table) refuse(key, "expected a table, found " + type_text(*node));
  return {table ? *table : none, path_of(key), file_, *problems_};
}

std::vector<TomlSection> TomlSection::sections(std::string const& key) {
  auto const* node = asked(key);
  auto const* array = node ? node->as_array() : nullptr;
  std::vector<TomlSection> found;
  if (array)
    for (std::size_t i = 0; i < array->size(); ++i)
      if (auto const* table = (*array)[i].as_table())
        found.emplace_back(*table, path_of(key) + "[" + std::to_string(i) + "]", file_, *problems_);
  auto const wrong = array ? found.size() != array->size() : node != nullptr;
  if (wrong) refuse(key, "expected tables, written [[" + path_of(key) + "]]");
  return found;
}

void TomlSection::report_unknown() const {
  for (auto const& [key, node] : *table_) {
    if (asked_.contains(key.str())) continue;
    auto const known = asked_.empty() ? std::string() : "; known here: " + listed(asked_);
    problems_->push_back({file_, line_of(node), path_of(std::string(key.str())), "is not known" + known});
  }
}

std::optional<toml::table> parse_toml(std::filesystem::path const& file, Problems& problems) {
  if (std::error_code unknown; std::filesystem::is_directory(file, unknown)) {
    problems.push_back({file.string(), 0, "", "cannot be read: it is a folder"});
    return std::nullopt;
  }
  try {
    return toml::parse_file(file.string());
  } catch (toml::parse_error const& error) {
    problems.push_back({file.string(), static_cast<unsigned>(error.source().begin.line), "",
                        "cannot be read: " + std::string(error.description())});
    return std::nullopt;
  }
}

} // namespace vigie::runtime
