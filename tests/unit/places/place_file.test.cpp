#include "places/place_file.hpp"

#include "places/csv.hpp"

#include <catch2/catch.hpp>

using namespace vigie;
using namespace vigie::places;
using Catch::Contains;

namespace {

std::vector<protocol::Quarter> const quarters{{{"maurepas"}, {"Maurepas"}, {}}};
std::string const header = "id,landlord,estate,street,number,hall,lon,lat,quarter\n";

std::string problem_of(std::string const& text) {
  auto const places = parse_places(text, "rennes.csv", quarters);
  return places ? "" : places.error().front();
}

} // namespace

TEST_CASE("a landlord's table is read, quoted or not, with either line end") {
  auto const places =
      parse_places("\xef\xbb\xbfid,landlord,estate,street,number,hall,lon,lat,quarter\r\n"
                   "r1,\"Foyers, réunis\",\"Le \"\"Clos\"\"\",rue du Four,12,A,-1.66,48.128,maurepas\r\n"
                   "\r\n"
                   "r2,Ker Logis,,rue du Four,14,,-1.66,48.128,maurepas",
                   "rennes.csv", quarters);
  if (!places) FAIL(places.error().front());
  REQUIRE(places->size() == 2);
  CHECK(places->front().landlord.value == "Foyers, réunis");
  CHECK(places->front().estate.value == "Le \"Clos\"");
  CHECK(places->front().point.lon.value == -1.66);
  CHECK(places->back().hall.value.empty());
}

TEST_CASE("columns may come in another order") {
  auto const places = parse_places("quarter,lat,lon,hall,number,street,estate,landlord,id\n"
                                   "maurepas,48.1,-1.6,A,12,rue du Four,Le Clos,Ker Logis,r1\n",
                                   "rennes.csv", quarters);
  REQUIRE(places);
  CHECK(places->front().id.value == "r1");
  CHECK(places->front().point.lat.value == 48.1);
}

TEST_CASE("what is wrong in the table is told with line, column and what is expected") {
  CHECK(problem_of(header + "r1,K,E,S,12,A,-1.66,98,maurepas\n") ==
        "rennes.csv:2:21: lat: expected degrees from -90 to 90, found \"98\"");
  CHECK_THAT(problem_of(header + "r1,K,E,S,12,A,1.6x,48,maurepas\n"),
             Contains("rennes.csv:2:15: lon: expected degrees"));
  CHECK_THAT(problem_of(header + "r1,K,E,S,12,A,nan,48,maurepas\n"), Contains("lon: expected degrees"));
  CHECK_THAT(problem_of(header + "r1,K,E,S,1,,1,48,cleunay\n"),
             Contains("quarter: expected the id of a quarter of the service, found \"cleunay\""));
  CHECK_THAT(problem_of(header + "r 1,K,E,S,1,,1,48,maurepas\n"),
             Contains("rennes.csv:2:1: id: expected 1 to 64"));
  CHECK_THAT(problem_of(header + "r1,K,,,1,,1,48,maurepas\n"),
             Contains("street: expected an estate or a street"));
  CHECK_THAT(problem_of(header + "r1,K,E\n"), Contains("rennes.csv:2:1: expected 9 values, found 3"));
  CHECK_THAT(problem_of(header + "r1,K," + std::string(121, 'e') + ",S,1,,1,48,maurepas\n"),
             Contains("estate: expected at most 120 characters"));
}

TEST_CASE("a place that stands twice is refused") {
  auto const row = "r1,K,E,S,12,A,-1.66,48,maurepas\n";
  CHECK_THAT(problem_of(header + row + row), Contains("rennes.csv:3:1: id: stands twice, found \"r1\""));
}

TEST_CASE("a table without its columns is refused") {
  CHECK_THAT(problem_of(""), Contains("is empty"));
  CHECK_THAT(problem_of("id,landlord,estate,street,number,hall,lon,lat\n"),
             Contains("lacks the column quarter"));
  CHECK_THAT(problem_of("id,ID\n"), Contains("rennes.csv:1:4: knows no column \"ID\""));
}

TEST_CASE("broken quotes are told where they begin") {
  CHECK_THAT(problem_of(header + "r1,\"K,E\n"), Contains("rennes.csv:2:4: a quote that is never closed"));
  CHECK_THAT(problem_of(header + "r1,K\"x\",E\n"), Contains("rennes.csv:2:5: a quote inside a value"));
  CHECK_THAT(problem_of(header + "r1,\"K\"x,E\n"),
             Contains("rennes.csv:2:7: expected a comma or the end of the line"));
}

TEST_CASE("a table that is not UTF-8, such as an old spreadsheet's, is refused") {
  CHECK_THAT(problem_of(header + "r1,K,R\xe9sidence,S,1,,1,48,maurepas\n"), Contains("is not UTF-8"));
}

TEST_CASE("a table full of mistakes shows the first twenty and counts the rest") {
  std::string text = header;
  for (int row = 0; row < 25; ++row) text += "r" + std::to_string(row) + ",K,E,S,1,,999,48,maurepas\n";
  auto const places = parse_places(text, "rennes.csv", quarters);
  REQUIRE_FALSE(places);
  CHECK(places.error().size() == 21);
  CHECK(places.error().back() == "rennes.csv: and 5 more");
}

TEST_CASE("no more lines are taken than allowed") {
  auto const rows = read_csv("a\nb\nc\n", 2);
  REQUIRE_FALSE(rows);
  CHECK(rows.error().line == 3);
}

TEST_CASE("a missing file is named") {
  auto const places = read_places("/no/such/rennes.csv", quarters);
  REQUIRE_FALSE(places);
  CHECK_THAT(places.error().front(), Contains("/no/such/rennes.csv: cannot be read"));
}
