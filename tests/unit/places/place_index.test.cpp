#include "places/place_index.hpp"

#include "places/place_file.hpp"
#include "places/words.hpp"
#include "support/folders.hpp"

#include <catch2/catch.hpp>

using namespace vigie;
using namespace vigie::places;

namespace {

protocol::Place place(std::string id, std::string quarter, std::string estate, std::string street,
                      std::string number, std::string hall = "") {
  return {{id}, {quarter}, {"Ker Logis"}, {estate}, {street}, {number}, {hall}, {{-1.66}, {48.1}}};
}

PlaceIndex const rennes({
    place("m120", "maurepas", "Résidence Mésange", "allée de la Mésange", "120"),
    place("m12a", "maurepas", "Résidence Mésange", "allée de la Mésange", "12", "A"),
    place("m12b", "maurepas", "Résidence Mésange", "allée de la Mésange", "12", "B"),
    place("m2", "maurepas", "Résidence Mésange", "allée de la Mésange", "2"),
    place("v12", "villejean", "Square Œillets", "boulevard de l'Œillet", "12 bis"),
    place("b3", "brequigny", "Cour Maurice", "rue Saint-Éloi", "3"),
});

std::vector<std::string> found(std::string_view query, std::size_t limit = 10) {
  std::vector<std::string> ids;
  for (auto const& place : rennes.search(query, limit)) ids.push_back(place.id.value);
  return ids;
}

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("the operator types the beginning of the quarter and the number") {
  CHECK(found("maur 12") == Ids{"m12a", "m12b", "m120"});
  CHECK(found("12 maur") == Ids{"m12a", "m12b", "m120"});
}

TEST_CASE("a hall is found written apart from its number or with it") {
  CHECK(found("mesange 12 b") == Ids{"m12b"});
  CHECK(found("mesange 12B") == Ids{"m12b"});
}

TEST_CASE("accents, capitals, ligatures and apostrophes do not matter") {
  CHECK(found("MÉSANGE 2") == Ids{"m2"});
  CHECK(found("me\xcc\x81sange 2") == Ids{"m2"});
  CHECK(found("oeillet") == Ids{"v12"});
  CHECK(found("l’œillet") == Ids{"v12"});
  CHECK(found("bréqui") == Ids{"b3"});
}

TEST_CASE("the short forms of an operator in a hurry are understood") {
  CHECK(found("bd oeil 12bis") == Ids{"v12"});
  CHECK(found("st eloi") == Ids{"b3"});
}

TEST_CASE("a word typed twice counts once") {
  PlaceIndex const index({place("estate", "q", "Alpha Betas", "rue", "1"), // alpha whole, beta begun
                          place("street", "q", "", "Alphas Beta", "1")});  // the other way about
  auto const first = [&](std::string_view query) { return index.search(query, 1).front().id.value; };
  CHECK(first("alpha beta") == "street");
  CHECK(first("alpha beta alpha alpha") == "street");
}

TEST_CASE("a word that begins nothing finds nothing, however well the others fit") {
  CHECK(found("maurepas 12 zzz").empty());
  CHECK(found("esange").empty());
}

TEST_CASE("an empty line finds nothing, and the list is as long as asked") {
  CHECK(found("").empty());
  CHECK(found(" ,; ").empty());
  CHECK(found("maur", 2).size() == 2);
  CHECK(found("maur", 0).empty());
  CHECK(found("\xff\xfe maur 2 \xc3") == Ids{"m2"});
}

TEST_CASE("without anything likelier places come in the order of the street") {
  CHECK(found("allee") == Ids{"m2", "m12a", "m12b", "m120"});
}

TEST_CASE("a place is found by its id") {
  REQUIRE(rennes.find({"m2"}));
  CHECK(rennes.find({"m2"})->number.value == "2");
  CHECK_FALSE(rennes.find({"m3"}));
}

TEST_CASE("words are parted between letters and digits") {
  CHECK(words_of("12B, allée de l'Œillet") == Ids{"12", "b", "allee", "de", "l", "oeillet"});
  CHECK(words_of("a b c", 2) == Ids{"a", "b"});
}

TEST_CASE("the sample service's places can be read and searched") {
  std::vector<protocol::Quarter> quarters;
  for (auto const* id : {"villejean", "maurepas", "le-blosne", "brequigny"})
    quarters.push_back({{id}, {id}, {}});
  auto const places = read_places(testing::source_folder / "config/places/rennes.csv", quarters);
  if (!places) FAIL(places.error().front());
  CHECK(places->size() >= 1500);
  PlaceIndex const index(*places);
  for (auto const& found : index.search("maur 12", 5)) {
    CHECK(found.quarter.value == "maurepas");
    CHECK(found.number.value == "12");
  }
  CHECK(index.search("maur 12", 5).size() == 5);
}
