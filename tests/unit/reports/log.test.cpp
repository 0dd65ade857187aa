#include "reports/log.hpp"

#include "protocol/codec/codec.hpp"
#include "support/memory_journal.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace vigie;
using namespace vigie::testing;
using namespace vigie::protocol;
using Catch::Matchers::Contains;

namespace {

/// 21 November 2026, 21:00 in Rennes, which is 20:00 UTC, and some seconds.
Instant at(int seconds) {
  using namespace std::chrono;
  return sys_days{2026y / November / 21} + 20h + std::chrono::seconds(seconds);
}

Service rennes() {
  Service service;
  service.id = {"rennes"};
  service.name = {"Médiateurs de nuit, Rennes"};
  service.time_zone = {"Europe/Paris"};
  service.quarters = {{{"maurepas"}, {"Maurepas"}, {}}};
  service.categories = {{{"noise_party"}, {"noise"}, {"bruit, fête"}, {"noise, party"}, Priority::normal}};
  service.teams = {{{"binome-1"}, {"Binôme 1"}}, {{"binome-2"}, {"Binôme 2"}}};
  service.members = {{{"m01"}, {"Awa"}}, {{"m02"}, {"Loïc"}}};
  return service;
}

Actor const anne{{"anne"}, Role::hotline_operator, {}};
Actor const paul{{"paul"}, Role::dispatcher, {}};
Actor const second_team{{"handset-2"}, Role::team, TeamId{"binome-2"}};
Actor const telephone{{"pbx"}, Role::telephony, {}};

Place const rue_de_la_marbaudais{{"p1"},    {"maurepas"}, {"Archipel"}, {"Les Gayeulles"},
                                 {"rue X"}, {"14"},       {"B"},        {}};

/// A journal told commit by commit, and its log.
class Told {
 public:
  Told& then(int seconds, Actor actor, Event event) {
    return then_all(seconds, std::move(actor), std::vector<Event>{std::move(event)});
  }

  Told& then_all(int seconds, Actor actor, std::vector<Event> events) {
    auto const version = store_->version() + 1;
    Commit commit{version, {"c" + std::to_string(version)}, std::move(actor), at(seconds), std::move(events)};
    store_->append({engine::Entry{std::move(commit), {}}});
    return *this;
  }

  Told& night_opens(std::string date, int seconds) {
    return then(seconds, {{"clock"}, Role::clock, {}},
                NightOpened{{std::move(date)}, at(seconds), at(seconds + 5 * 3600), {}, {}});
  }

  Result<std::size_t, std::string> print(reports::LogOptions options = {}) {
    std::ostringstream out;
    auto answer = print_to(out, std::move(options));
    text = out.str();
    return answer;
  }

  Result<std::size_t, std::string> print_to(std::ostream& out, reports::LogOptions options = {}) {
    asio::io_context loop;
    auto journal = std::make_shared<MemoryJournal>(loop.get_executor(), store_);
    journal->troubles.away = away;
    Result<std::size_t, std::string> answer{0};
    asio::co_spawn(loop, reports::print_log(journal, rennes(), options, out),
                   [&](std::exception_ptr, Result<std::size_t, std::string> printed) { answer = printed; });
    loop.run();
    return answer;
  }

  std::vector<Commit> const& commits() const { return store_->commits(); }

  bool away = false;
  std::string text;

 private:
  std::shared_ptr<MemoryStore> store_ = std::make_shared<MemoryStore>();
};

/// Mme L. calls about a party, the second pair goes.
Told a_party() {
  Told told;
  told.night_opens("2026-11-21", 0)
      .then(1, paul, TeamSignedOn{{"binome-2"}, at(1), {{"m01"}, {"m02"}}, Transport::on_foot})
      .then(8045, telephone, CallRang{{"call-1"}, at(8045), CallerKey{"k1"}, {}})
      .then(8050, anne, CallAnswered{{"call-1"}, at(8050), AccountId{"anne"}})
      .then_all(8100, anne,
                {RequestOpened{{"r1"},
                               12,
                               {"2026-11-21"},
                               at(8100),
                               {"anne"},
                               Source::resident_phone,
                               {"noise_party"},
                               Priority::normal,
                               {"maurepas"},
                               rue_de_la_marbaudais,
                               {DangerSign::dog, DangerSign::crowd}},
                 CallJoined{{"call-1"}, {"r1"}}, ConfidenceKept{{"r1"}}})
      .then(8120, paul, AssignmentOffered{{"a1"}, {"r1"}, {"binome-2"}, at(8120), at(8210), {"paul"}, false})
      .then(8130, second_team, AssignmentAccepted{{"a1"}, at(8130)})
      .then(8900, second_team, ProgressReported{{"a1"}, at(8600), Milestone::on_site})
      .then(9600, second_team,
            AssignmentCleared{{"a1"}, at(9600), Disposition::calmed_on_site, Headcount{15}});
  return told;
}

std::size_t lines_in(std::string const& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace

TEST_CASE("The log tells a night in French, a line an event, in local time") {
  auto told = a_party();
  auto const printed = told.print();
  REQUIRE(printed);
  CHECK(*printed == 9);
  CHECK(lines_in(told.text) == 2 + 11);
  CHECK_THAT(told.text, Contains("Main courante — Médiateurs de nuit, Rennes — nuit du 2026-11-21"));
  CHECK_THAT(told.text, Contains("21:00:00  horloge           Nuit de service du 2026-11-21 ouverte, "
                                 "fermeture à 02:00:00"));
  CHECK_THAT(told.text,
             Contains("21:00:01  paul              Binôme 2 prend son service à pied : Awa, Loïc"));
  CHECK_THAT(told.text, Contains("23:14:05  téléphonie        Appel n° 1 sonne\n"));
  CHECK_THAT(told.text, Contains("23:14:10  anne              Appel n° 1 décroché par anne"));
  CHECK_THAT(
      told.text,
      Contains("23:15:00  anne              Sollicitation n° 12 ouverte : bruit, fête — 14 rue X, hall B, "
               "Les Gayeulles, Maurepas (habitant, par téléphone, priorité normale) — attention : chien, "
               "groupe important"));
  CHECK_THAT(told.text, Contains("Appel n° 1 rattaché à la sollicitation n° 12"));
  CHECK_THAT(told.text, Contains("Précisions confidentielles notées : sollicitation n° 12"));
  CHECK_THAT(
      told.text,
      Contains(
          "paul              Mission proposée à Binôme 2 : sollicitation n° 12, réponse avant 23:16:50"));
  CHECK_THAT(told.text, Contains("Binôme 2          Mission acceptée par Binôme 2 : sollicitation n° 12"));
  CHECK_THAT(told.text, Contains("Mission terminée par Binôme 2 : sollicitation n° 12, apaisé sur place, "
                                 "personnes rencontrées : 15"));
}

TEST_CASE("What a handset tells late carries the time at which it happened") {
  auto told = a_party();
  told.print();
  CHECK_THAT(told.text, Contains("23:28:20  Binôme 2          Binôme 2 : sur place, sollicitation n° 12 "
                                 "(à 23:23:20)\n"));
}

TEST_CASE("The log speaks English too") {
  auto told = a_party();
  reports::LogOptions options;
  options.language = reports::Language::en;
  told.print(options);
  CHECK_THAT(told.text, Contains("Log — Médiateurs de nuit, Rennes — night of 2026-11-21"));
  CHECK_THAT(told.text, Contains("Request no. 12 opened: noise, party — 14 rue X, hall B, Les Gayeulles, "
                                 "Maurepas (resident, by phone, priority normal) — beware: dog, crowd"));
  CHECK_THAT(told.text, Contains("Assignment cleared by Binôme 2: request no. 12, calmed on site"));
}

TEST_CASE("A request at no known place shows its quarter, and one that the service file forgot its id") {
  Told told;
  told.night_opens("2026-11-21", 0)
      .then(60, anne,
            RequestOpened{{"r1"},
                          1,
                          {"2026-11-21"},
                          at(60),
                          {"anne"},
                          Source::police,
                          {"old_category"},
                          Priority::urgent,
                          {"maurepas"},
                          {},
                          {}});
  told.print();
  CHECK_THAT(told.text, Contains("Sollicitation n° 1 ouverte : old_category — Maurepas (police, priorité "
                                 "urgente)\n"));
}

TEST_CASE("A number that rings again is recognised within the night") {
  Told told;
  told.night_opens("2026-11-21", 0)
      .then(10, telephone, CallRang{{"call-1"}, at(10), CallerKey{"k1"}, {}})
      .then(20, telephone, CallRang{{"call-2"}, at(20), CallerKey{"k2"}, {}})
      .then(30, telephone, CallRang{{"call-3"}, at(30), CallerKey{"k1"}, {}});
  told.print();
  CHECK_THAT(told.text, Contains("Appel n° 2 sonne\n"));
  CHECK_THAT(told.text, Contains("Appel n° 3 sonne (même numéro que l’appel n° 1)\n"));
}

TEST_CASE("Without a date the last night is printed, with a date that one") {
  auto told = a_party();
  told.then(18000, paul, NightClosed{at(18000)})
      .night_opens("2026-11-23", 2 * 86400)
      .then(2 * 86400 + 60, anne, RequestReopened{{"r1"}, {"2026-11-23"}, at(2 * 86400 + 60), 4});
  auto const last = told.print();
  REQUIRE(last);
  CHECK(*last == 2);
  CHECK_THAT(told.text, Contains("nuit du 2026-11-23") &&
                            Contains("Sollicitation n° 12 du 2026-11-21 rouverte, désormais n° 4"));
  reports::LogOptions options;
  options.night = NightDate{"2026-11-21"};
  auto const first = told.print(options);
  REQUIRE(first);
  CHECK(*first == 10);
  CHECK_THAT(told.text, Contains("nuit du 2026-11-21") && Contains("Nuit de service fermée"));
  CHECK_THAT(told.text, !Contains("rouverte"));
}

TEST_CASE("A night that never was is an error, not an empty log") {
  auto told = a_party();
  reports::LogOptions options;
  options.night = NightDate{"2025-01-01"};
  auto const printed = told.print(options);
  REQUIRE_FALSE(printed);
  CHECK_THAT(printed.error(), Contains("2025-01-01"));
  CHECK(told.text.empty());
}

TEST_CASE("As JSON the log is the journal's own commits") {
  auto told = a_party();
  reports::LogOptions options;
  options.format = reports::Format::json;
  auto const printed = told.print(options);
  REQUIRE(printed);
  std::istringstream lines(told.text);
  std::string line;
  for (auto const& commit : told.commits()) {
    REQUIRE(std::getline(lines, line));
    CHECK(line == encode(commit));
  }
  CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("Each day that begins is told, since times carry no date") {
  auto told = a_party();
  constexpr int sunday_at_ten = 25 * 3600; // the service is closed
  told.then(4 * 3600, paul, NightClosed{at(4 * 3600)})
      .then(sunday_at_ten, telephone, CallRang{{"call-2"}, at(sunday_at_ten), {}, {}});
  told.print();
  CHECK_THAT(told.text, Contains("\n— 2026-11-22 —\n01:00:00  paul") &&
                            Contains("\n22:00:00  téléphonie        Appel n° 2 sonne\n"));
  CHECK_THAT(told.text, !Contains("— 2026-11-21 —"));
}

TEST_CASE("What happened the day before carries its date") {
  Told told;
  told.night_opens("2026-11-21", 0)
      .then(60, paul, TeamSignedOn{{"binome-2"}, at(60), {{"m01"}}, Transport::on_foot})
      .then(4 * 3600, second_team, BreakStarted{{"binome-2"}, at(2 * 3600)});
  told.print();
  CHECK_THAT(told.text, Contains("Binôme 2 en pause (le 2026-11-21 à 23:00:00)\n"));
}

TEST_CASE("In the long night of October the hour that comes twice is told apart") {
  Told told;
  constexpr int saturday = -28 * 86400; // 24 October 2026, 22:00 in Rennes, which is 20:00 UTC
  told.night_opens("2026-10-24", saturday);
  for (int const hour : {3, 4, 5, 6}) {
    auto const moment = saturday + hour * 3600 + 1800;
    told.then(moment, telephone, CallRang{{"call-" + std::to_string(hour)}, at(moment), {}, {}});
  }
  told.print();
  CHECK_THAT(told.text, Contains("\n01:30:00  téléphonie") && Contains("\n02:30:00+02:00  téléphonie") &&
                            Contains("\n02:30:00+01:00  téléphonie") && Contains("\n03:30:00  téléphonie"));
}

TEST_CASE("A night that is opened again on its date goes on numbering, and nothing is forgotten") {
  auto told = a_party();
  told.then(10000, paul, NightClosed{at(10000)})
      .night_opens("2026-11-21", 10100)
      .then(10200, anne, CallEnded{{"call-1"}, at(10200), {}})
      .then(10300, telephone, CallRang{{"call-2"}, at(10300), CallerKey{"k1"}, {}});
  told.print();
  CHECK_THAT(told.text,
             Contains("Appel n° 1 terminé") && Contains("Appel n° 2 sonne (même numéro que l’appel n° 1)"));
}

TEST_CASE("A call of the night before is named by its number and its night") {
  auto told = a_party();
  told.then(18000, paul, NightClosed{at(18000)})
      .night_opens("2026-11-22", 86400)
      .then(86460, anne, CallEnded{{"call-1"}, at(86460), {}})
      .then(86470, anne, ConfidenceKept{{"call-1"}})
      .then(86480, telephone, CallRang{{"call-2"}, at(86480), {}, {}});
  told.print();
  CHECK_THAT(told.text, Contains("Appel n° 1 du 2026-11-21 terminé") &&
                            Contains("notées : appel n° 1 du 2026-11-21") && Contains("Appel n° 1 sonne"));
}

TEST_CASE("What was never met is named by its id") {
  Told told;
  told.night_opens("2026-11-21", 0)
      .then(60, anne, CallEnded{{"call-9"}, at(60), {}})
      .then(70, anne, RequestReopened{{"r9"}, {"2026-11-21"}, at(70), {}})
      .then(80, second_team, AssignmentAccepted{{"a9"}, at(80)})
      .then(90, anne, ConfidenceKept{{"c9"}});
  told.print();
  CHECK_THAT(told.text, Contains("Appel call-9 terminé") && Contains("Sollicitation r9 rouverte") &&
                            Contains("par a9 : sollicitation a9") && Contains("notées : c9"));
  CHECK_THAT(told.text, !Contains("?"));
}

TEST_CASE("What somebody wrote cannot forge a line, colour the terminal or turn the line around") {
  Told told;
  auto place = rue_de_la_marbaudais;
  place.street = {"rue X\n23:59:59  paul              Mission terminée"};
  place.hall = {"\x1b[31mB\u0085\u2028\u202e"};
  told.night_opens("2026-11-21", 0)
      .then(60, anne,
            RequestOpened{{"r1"},
                          1,
                          {"2026-11-21"},
                          at(60),
                          {"anne"},
                          Source::police,
                          {"noise_party"},
                          Priority::normal,
                          {"maurepas"},
                          place,
                          {}});
  told.print();
  CHECK(lines_in(told.text) == 2 + 2);
  CHECK_THAT(told.text, Contains("14 rue X\\u000a23:59:59  paul") &&
                            Contains("hall \\u001b[31mB\\u0085\\u2028\\u202e, Les Gayeulles"));
}

TEST_CASE("A log that could not be written whole is no success") {
  auto told = a_party();
  std::ofstream full_disk("/dev/full");
  auto const printed = told.print_to(full_disk);
  REQUIRE_FALSE(printed);
  CHECK_THAT(printed.error(), Contains("could not be written whole"));
}

TEST_CASE("A journal that cannot be reached is told") {
  auto told = a_party();
  told.away = true;
  auto const printed = told.print();
  CHECK_FALSE(printed);
}
