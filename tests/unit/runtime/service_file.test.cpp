#include "runtime/service_file.hpp"

#include "support/folders.hpp"
#include "unit/runtime/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace vigie;
using namespace vigie::runtime;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

auto const small_service = std::string(R"(id = "bourg"
name = "Médiation de Bourg"
time_zone = "Europe/Paris"
[[windows]]
days = ["friday", "saturday"]
opens = "20:00"
closes = "01:30"
[[quarters]]
id = "centre"
name = "Centre"
lon = 2.5
lat = 47
[[categories]]
id = "noise_party"
group = "noise"
fr = "Fête"
en = "Party"
priority = "normal"
[[teams]]
id = "binome-1"
name = "Binôme 1"
[[members]]
id = "m01"
name = "Aïcha"
)");

std::string with(std::string text, std::string const& old, std::string const& replacement) {
  return text.replace(text.find(old), old.size(), replacement);
}

std::string problems_of(std::string const& toml) {
  ScratchFolder const folder;
  auto const service = read_service(folder.with("bourg.toml", toml));
  return service ? "" : text_of(service.error());
}

} // namespace

TEST_CASE("a small service needs little in its file") {
  ScratchFolder const folder;
  auto const service = read_service(folder.with("bourg.toml", small_service));
  if (!service) FAIL(text_of(service.error()));
  CHECK(service->windows.front().days.back() == protocol::Weekday::saturday);
  CHECK(service->windows.front().closes.value == "01:30");
  CHECK(service->quarters.front().centre.lat.value == 47);
  CHECK(service->country_code.value == "+33");
  CHECK(service->answer_times.normal == 2min);
  CHECK(service->confidences_kept_for == 60 * 24h);
}

TEST_CASE("mistakes in a service file are told with line, key and what is expected") {
  CHECK_THAT(problems_of(with(small_service, "\"friday\"", "\"freitag\"")),
             Contains("bourg.toml:5: windows[0].days: knows no \"freitag\"; expected some of monday"));
  CHECK_THAT(problems_of(with(small_service, "20:00", "24:00")),
             Contains("bourg.toml:6: windows[0].opens: expected a time of day such as \"21:00\""));
  CHECK_THAT(problems_of(with(small_service, "lat = 47", "lat = 470")),
             Contains("bourg.toml:12: quarters[0].lat: expected a number from -90 to 90, found 470"));
  CHECK_THAT(problems_of(with(small_service, "\"normal\"", "\"high\"")),
             Contains("categories[0].priority: expected one of urgent, normal, can_wait"));
  CHECK_THAT(problems_of(with(small_service, "Europe/Paris", "Europe/Bourg")),
             Contains("bourg.toml:3: time_zone: expected a time zone this machine knows"));
  for (auto const* file : {"posix/Europe/Paris", "zone.tab", "../zoneinfo/Europe/Paris", "Europe"})
    CHECK_THAT(problems_of(with(small_service, "Europe/Paris", file)), Contains("bourg.toml:3: time_zone: "));
  CHECK_THAT(problems_of(with(small_service, "\"binome-1\"", "\"binôme 1\"")),
             Contains("teams[0].id: expected 1 to 64 characters of"));
  CHECK_THAT(problems_of(with(small_service, "name = \"Aïcha\"\n", "")),
             Contains("bourg.toml:22: members[0].name: is missing; expected a text"));
  CHECK_THAT(problems_of(with(small_service, "\"bourg\"", "\"burg\"")),
             Contains("bourg.toml:1: id: expected \"bourg\", as the file is named"));
}

TEST_CASE("an id that stands twice, or a list that is missing, is refused") {
  CHECK_THAT(problems_of(small_service + "[[teams]]\nid = \"binome-1\"\nname = \"Autre\"\n"),
             Contains("bourg.toml:26: teams[1].id: stands twice: \"binome-1\""));
  CHECK_THAT(problems_of("id = \"bourg\"\n"),
             Contains("windows: is missing; expected at least one [[windows]]") &&
                 Contains("teams: is missing"));
}

TEST_CASE("two windows with the same hours on one day are refused, others may meet and overlap") {
  auto const another = [](std::string const& days, std::string const& opens) {
    return small_service + "[[windows]]\ndays = [" + days + "]\nopens = \"" + opens +
           "\"\ncloses = \"01:30\"\n";
  };
  CHECK_THAT(
      problems_of(another("\"sunday\", \"friday\"", "20:00")),
      Contains("bourg.toml:26: windows[1].days: names a day to which another window gives the same hours"));
  CHECK(problems_of(another("\"sunday\"", "20:00")) == "");
  CHECK(problems_of(another("\"friday\"", "21:00")) == "");
}

TEST_CASE("what is wrong with one field is told once") {
  for (auto const* value : {"3", "true", "[]"}) {
    auto const told = problems_of(with(small_service, "\"bourg\"", value));
    CHECK(std::ranges::count(told, '\n') == 1);
    CHECK_THAT(told, Contains("bourg.toml:1: id: expected a text"));
  }
  CHECK(std::ranges::count(problems_of(with(small_service, "[\"friday\", \"saturday\"]", "5")), '\n') == 1);
  CHECK(std::ranges::count(problems_of(with(small_service, "\"normal\"", "5")), '\n') == 1);
  CHECK(std::ranges::count(problems_of(with(small_service, "\"bourg\"", "\"\"")), '\n') == 1);
  CHECK(std::ranges::count(problems_of(with(small_service, "20:00", "8 in the evening")), '\n') == 1);
}

TEST_CASE("an editor's own files are no services") {
  ScratchFolder const folder;
  folder.with("bourg.toml", small_service);
  folder.with(".#bourg.toml", "");
  folder.with("bourg.toml~", "");
  auto const services = read_services(folder.path);
  REQUIRE(services);
  CHECK(services->size() == 1);
}

TEST_CASE("the mistakes of all services are told together") {
  ScratchFolder const folder;
  folder.with("bourg.toml", with(small_service, "20:00", "8pm"));
  folder.with("ville.toml", "id = 3\n");
  auto const services = read_services(folder.path);
  REQUIRE_FALSE(services);
  CHECK_THAT(text_of(services.error()), Contains("bourg.toml:6: ") && Contains("ville.toml:1: id: "));
}

TEST_CASE("a server without any service says so") {
  ScratchFolder const folder;
  auto const services = read_services(folder.path);
  REQUIRE_FALSE(services);
  CHECK_THAT(text_of(services.error()), Contains("holds no service file"));
}

TEST_CASE("a folder of services that is not there, or is none, is not taken for an empty one") {
  ScratchFolder const folder;
  auto const missing = read_services(folder.path / "away");
  REQUIRE_FALSE(missing);
  CHECK_THAT(text_of(missing.error()),
             Contains("away: cannot be read (folders.services): No such file or directory"));
  auto const file = read_services(folder.with("services", ""));
  REQUIRE_FALSE(file);
  CHECK_THAT(text_of(file.error()), Contains("services: cannot be read (folders.services): Not a directory"));
}

TEST_CASE("a folder that is named like a service file is refused") {
  ScratchFolder const folder;
  std::filesystem::create_directory(folder.path / "bourg.toml");
  auto const services = read_services(folder.path);
  REQUIRE_FALSE(services);
  CHECK_THAT(text_of(services.error()), Contains("bourg.toml: cannot be read: it is a folder"));
}

TEST_CASE("the sample service is Rennes as its mediators work") {
  auto const services = read_services(testing::source_folder / "config/services");
  if (!services) FAIL(text_of(services.error()));
  auto const& rennes = services->front();
  CHECK(rennes.id.value == "rennes");
  CHECK(rennes.quarters.size() == 4);
  CHECK(rennes.teams.size() == 5);
  CHECK(rennes.members.size() == 11);
  CHECK(rennes.windows.front().days.size() == 6);
  std::set<std::string> groups;
  for (auto const& category : rennes.categories) groups.insert(category.group.value);
  CHECK(groups == std::set<std::string>{"conflict", "damage", "noise", "occupation", "person", "presence",
                                        "safety", "technical"});
}
