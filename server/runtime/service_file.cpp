#include "runtime/service_file.hpp"

#include "runtime/toml_words.hpp"

#include <date/tz.h>

#include <algorithm>
#include <concepts>
#include <set>
#include <stdexcept>

namespace vigie::runtime {
namespace {

using namespace std::chrono_literals;
using namespace protocol;

bool is_time_of_day(std::string_view text) {
  auto const digit = [&](std::size_t at, char last) { return text[at] >= '0' && text[at] <= last; };
  return text.size() == 5 && text[2] == ':' && digit(0, '2') && digit(1, text[0] == '2' ? '3' : '9') &&
         digit(3, '5') && digit(4, '9');
}

bool is_country_code(std::string_view text) {
  auto const digits = text.substr(std::min<std::size_t>(1, text.size()));
  return text.starts_with('+') && !digits.empty() && digits.size() <= 3 && digits.front() != '0' &&
         std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

// As the domain will look for it: more files lie beside this machine's zones than it knows.
bool is_time_zone(std::string const& name) {
  try {
    return date::locate_zone(name) != nullptr;
  } catch (std::runtime_error const&) {
    return false;
  }
}

Text<5> time_of_day_in(TomlSection& section, std::string const& key) {
  auto time = words_in<Text<5>>(section, key);
  if (section.has(key) && !is_time_of_day(time.value))
    section.refuse(key, "expected a time of day such as \"21:00\"");
  return time;
}

Text<64> time_zone_in(TomlSection& section) {
  auto zone = words_in<Text<64>>(section, "time_zone");
  if (!zone.value.empty() && !is_time_zone(zone.value))
    section.refuse("time_zone", "expected a time zone this machine knows, such as \"Europe/Paris\"");
  return zone;
}

Text<4> country_code_in(TomlSection& section) {
  Text<4> const code{section.text("country_code", "+33")};
  if (!is_country_code(code.value)) section.refuse("country_code", "expected a country code such as \"+33\"");
  return code;
}

Window window_in(TomlSection& section) {
  Window window;
  for (auto const& name : section.texts("days")) {
    auto const day = enumerator_named<Weekday>(name);
    if (!day) section.refuse("days", "knows no \"" + name + "\"; expected some of " + names_of<Weekday>());
    if (day && std::ranges::find(window.days, *day) != window.days.end())
      section.refuse("days", "names " + name + " twice");
    if (day) window.days.push_back(*day);
  }
  if (window.days.empty()) section.refuse("days", "expected some of " + names_of<Weekday>());
  window.opens = time_of_day_in(section, "opens");
  window.closes = time_of_day_in(section, "closes");
  return window;
}

Quarter quarter_in(TomlSection& section) {
  return {id_in<QuarterId>(section, "id"),
          words_in<Name>(section, "name"),
          {quantity_in<Longitude>(section, "lon"), quantity_in<Latitude>(section, "lat")}};
}

Category category_in(TomlSection& section) {
  return {id_in<CategoryId>(section, "id"), id_in<CategoryId>(section, "group"),
          words_in<Name>(section, "fr"), words_in<Name>(section, "en"),
          choice_in<Priority>(section, "priority")};
}

TeamPost team_in(TomlSection& section) {
  return {id_in<TeamId>(section, "id"), words_in<Name>(section, "name")};
}

Member member_in(TomlSection& section) {
  return {id_in<MemberId>(section, "id"), words_in<Name>(section, "name")};
}

// The same hours twice would be one night twice; windows that meet, or overlap otherwise, are two.
void refuse_twin(TomlSection& section, std::vector<Window> const& windows) {
  auto const& last = windows.back();
  auto const is_twin = [&](Window const& other) {
    return other.opens == last.opens && other.closes == last.closes &&
           std::ranges::find_first_of(other.days, last.days) != other.days.end();
  };
  if (std::any_of(windows.begin(), windows.end() - 1, is_twin))
    section.refuse("days", "names a day to which another window gives the same hours");
}

template <class Item>
std::vector<Item> items_in(TomlSection& root, std::string const& key, Item (*read)(TomlSection&)) {
  std::vector<Item> items;
  std::set<std::string> ids;
  for (auto& section : root.sections(key)) {
    items.push_back(read(section));
    if constexpr (requires(Item item) { item.id.value; })
      if (auto const& id = items.back().id.value; !id.empty() && !ids.insert(id).second)
        section.refuse("id", "stands twice: \"" + id + "\"");
    if constexpr (std::same_as<Item, Window>) refuse_twin(section, items);
  }
  if (items.empty() && !root.has(key)) root.refuse(key, "is missing; expected at least one [[" + key + "]]");
  return items;
}

AnswerTimes answer_times_in(TomlSection section) {
  Range<Duration> const range{5s, 1h};
  return {section.time("urgent", range, 1min), section.time("normal", range, 2min),
          section.time("can_wait", range, 5min)};
}

TravelRules travel_in(TomlSection section) {
  auto const speed = [&](std::string const& key, double usual) {
    return MetresPerSecond{section.number(key, {0.1, MetresPerSecond::max}, usual)};
  };
  return {speed("walking_m_per_s", 1.3), speed("cycling_m_per_s", 4.0), speed("driving_m_per_s", 7.0),
          section.number("detour", {1, 3}, 1.3)};
}

void read_keeping(TomlSection section, Service& service) {
  service.fix_stale_after = section.time("fix_stale_after", {1s, 1h}, 30s);
  service.fix_kept_for = section.time("fix_kept_for", {10s, 24h}, 15min);
  service.history_kept_for = section.time("history_kept_for", {1h, 60 * 24h}, 24h);
  service.confidences_kept_for = section.time("confidences_kept_for", {1h, 366 * 24h}, 60 * 24h);
  if (service.fix_kept_for < service.fix_stale_after)
    section.refuse("fix_kept_for", "must not be shorter than fix_stale_after");
}

Service service_in(TomlSection root, std::string const& file_name) {
  Service service;
  service.id = id_in<ServiceId>(root, "id");
  if (root.has("id") && service.id.value != file_name)
    root.refuse("id", "expected \"" + file_name + "\", as the file is named");
  service.name = words_in<Name>(root, "name");
  service.time_zone = time_zone_in(root);
  service.country_code = country_code_in(root);
  service.windows = items_in(root, "windows", window_in);
  service.quarters = items_in(root, "quarters", quarter_in);
  service.categories = items_in(root, "categories", category_in);
  service.teams = items_in(root, "teams", team_in);
  service.members = items_in(root, "members", member_in);
  service.answer_times = answer_times_in(root.section("answer_times"));
  service.travel = travel_in(root.section("travel"));
  read_keeping(root.section("keeping"), service);
  return service;
}

// An editor's own files beside them have names that begin with a dot.
bool is_service_file(std::filesystem::path const& file) {
  return file.extension() == ".toml" && !file.filename().native().starts_with('.');
}

Result<std::vector<std::filesystem::path>, std::string> service_files(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code trouble;
  for (auto const& entry : std::filesystem::directory_iterator(folder, trouble))
    if (is_service_file(entry.path())) files.push_back(entry.path());
  if (trouble) return Failure<std::string>("cannot be read (folders.services): " + trouble.message());
  if (files.empty()) return Failure<std::string>("holds no service file; expected one such as rennes.toml");
  std::ranges::sort(files);
  return files;
}

} // namespace

Result<Service, Problems> read_service(std::filesystem::path const& file) {
  Problems problems;
  auto const table = parse_toml(file, problems);
  if (!table) return Failure<Problems>(problems);
  auto service = service_in(TomlSection(*table, "", file.string(), problems), file.stem().string());
  if (!problems.empty()) return Failure<Problems>(problems);
  return service;
}

Result<std::vector<Service>, Problems> read_services(std::filesystem::path const& folder) {
  std::vector<Service> services;
  Problems problems;
  auto const files = service_files(folder);
  if (!files) return Failure<Problems>({{folder.string(), 0, "", files.error()}});
  for (auto const& file : *files) {
    auto service = read_service(file);
    if (service)
      services.push_back(std::move(*service));
    else
      problems.insert(problems.end(), service.error().begin(), service.error().end());
  }
  if (!problems.empty()) return Failure<Problems>(problems);
  return services;
}

} // namespace vigie::runtime
