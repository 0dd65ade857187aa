#include "unit/domain/story.hpp"

using namespace vigie::tests;
using vigie::domain::opening_at;

namespace {

Service open_on(Weekday day, std::string const& opens, std::string const& closes) {
  Service service = rennes();
  service.windows = {{{day}, {opens}, {closes}}};
  return service;
}

} // namespace

TEST_CASE("between windows the next one is told, within one that one") {
  Service const service = rennes();
  auto const before = opening_at(service, nine_o_clock - 1ms);
  REQUIRE(before);
  CHECK(before->opens_at == nine_o_clock);
  CHECK(before->date == NightDate{"2026-11-21"});
  auto const past_midnight = opening_at(service, nine_o_clock + 4h);
  CHECK(past_midnight->opens_at == nine_o_clock);
  auto const closed = opening_at(service, nine_o_clock + 5h);
  CHECK(closed->date == NightDate{"2026-11-23"}); // no Sunday evening
}

TEST_CASE("a window within one day closes on that day") {
  Service const nantes = open_on(Weekday::tuesday, "14:15", "22:00");
  auto const opening = opening_at(nantes, moment(2026, 11, 24, 12, 0));
  REQUIRE(opening);
  CHECK(opening->opens_at == moment(2026, 11, 24, 13, 15));
  CHECK(opening->closes_at == moment(2026, 11, 24, 21, 0));
}

TEST_CASE("the night on which clocks go forward is an hour shorter") {
  auto const opening = opening_at(rennes(), moment(2026, 3, 28, 21, 0)); // Saturday, 22:00 at Rennes
  REQUIRE(opening);
  CHECK(opening->opens_at == moment(2026, 3, 28, 20, 0));
  CHECK(opening->closes_at == moment(2026, 3, 29, 1, 0)); // 02:00 does not exist; it is 03:00
  auto const half_past = opening_at(open_on(Weekday::saturday, "21:00", "02:30"), moment(2026, 3, 28, 21, 0));
  CHECK(half_past->closes_at == moment(2026, 3, 29, 1, 0)); // nor does 02:30
  auto const morning = opening_at(open_on(Weekday::saturday, "21:00", "05:00"), moment(2026, 3, 28, 21, 0));
  CHECK(morning->closes_at - morning->opens_at == 7h);
}

TEST_CASE("the night on which clocks go back closes at the second 02:00") {
  auto const opening = opening_at(rennes(), moment(2026, 10, 24, 20, 0)); // Saturday, 22:00 at Rennes
  REQUIRE(opening);
  CHECK(opening->opens_at == moment(2026, 10, 24, 19, 0));
  auto const half_past =
      opening_at(open_on(Weekday::saturday, "21:00", "02:30"), moment(2026, 10, 24, 20, 0));
  CHECK(half_past->closes_at == moment(2026, 10, 25, 1, 30)); // 02:30 comes twice: the later
  auto const early = opening_at(open_on(Weekday::sunday, "02:30", "06:00"), moment(2026, 10, 24, 20, 0));
  CHECK(early->opens_at == moment(2026, 10, 25, 0, 30)); // the earlier
  CHECK(early->closes_at == moment(2026, 10, 25, 5, 0));
}

TEST_CASE("of windows that open together the longer counts") {
  Service service = open_on(Weekday::saturday, "21:00", "23:00");
  service.windows.push_back({{Weekday::saturday}, {"21:00"}, {"02:00"}});
  CHECK(opening_at(service, nine_o_clock)->closes_at == nine_o_clock + 5h);
}

TEST_CASE("a window that cannot be read opens nothing") {
  CHECK_FALSE(opening_at(open_on(Weekday::saturday, "25:00", "02:00"), nine_o_clock));
  CHECK_FALSE(opening_at(open_on(Weekday::saturday, "2100", "02:00"), nine_o_clock));
  CHECK_FALSE(opening_at(open_on(Weekday::saturday, "21:0x", "02:00"), nine_o_clock));
}

TEST_CASE("the date is that of the service's own zone") {
  CHECK(vigie::domain::local_date(rennes(), moment(2026, 11, 21, 22, 59)) == NightDate{"2026-11-21"});
  CHECK(vigie::domain::local_date(rennes(), moment(2026, 11, 21, 23, 0)) == NightDate{"2026-11-22"});
  Service nowhere = rennes();
  nowhere.time_zone = {"Nowhere/Atall"};
  CHECK(vigie::domain::local_date(nowhere, moment(2026, 11, 21, 23, 0)) == NightDate{"2026-11-21"});
}
