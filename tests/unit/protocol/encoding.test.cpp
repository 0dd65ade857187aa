#include "protocol/codec/codec.hpp"
#include "unit/protocol/small_words.hpp"

#include <catch2/catch.hpp>

#include <bit>
#include <random>

using namespace vigie::protocol;

namespace {

small::WalkRound a_round() {
  small::WalkRound round;
  round.started_at = Instant{std::chrono::milliseconds{1795298400123}};
  round.points = {{{"villejean-1"}, {{-1.7041}, {48.1209}}, Text<10>{"calme"}, small::Mood::tense},
                  {{"villejean-2"}, {{-1.7}, {48}}, {}, {}}};
  round.operator_ = true;
  round.version = 18446744073709551615U;
  round.factor = 0.1;
  round.remark = "a \"b\" \\ é\n\r\t\x01\x1f/";
  round.battery = {80};
  round.speed = {1.3};
  return round;
}

} // namespace

TEST_CASE("A word is written in the order of its description, without white space, units in the names") {
  CHECK(encode(small::Order{a_round()}) ==
        R"({"task":{"type":"walk_round","started_at_ms":1795298400123,"points":[)"
        R"({"place":"villejean-1","spot":{"lon":-1.7041,"lat":48.1209},"note":"calme","mood":"tense"},)"
        R"({"place":"villejean-2","spot":{"lon":-1.7,"lat":48}}],"operator":true,"steps":0,)"
        R"("version":18446744073709551615,"factor":0.1,"remark":"a \"b\" \\ é\n\r\t\u0001\u001f/",)"
        R"("battery_percent":80,"speed_m_per_s":1.3}})");
  CHECK(encode(small::Order{small::GoHome{}}) == R"({"task":{"type":"go_home"}})");
}

TEST_CASE("What is written reads back as the same word and is written again as the same bytes") {
  small::Order const order{a_round()};
  std::string const once = encode(order);
  auto const again = decode<small::Order>(once);
  REQUIRE(again);
  CHECK(*again == order);
  CHECK(encode(*again) == once);
}

TEST_CASE("Every number survives the wire to its last bit") {
  std::mt19937_64 random(20261121);
  for (int i = 0; i < 20'000; ++i) {
    auto const number = std::bit_cast<double>(random());
    if (number - number != 0) continue;
    auto const back = decode<double>(encode(number));
    REQUIRE(back);
    REQUIRE(*back == number);
  }
}

TEST_CASE("Every position of a town survives the wire to its last bit") {
  std::mt19937_64 random(35000);
  std::uniform_real_distribution<double> near_rennes(-1.75, 48.15);
  for (int i = 0; i < 20'000; ++i) {
    double const degrees = near_rennes(random);
    REQUIRE(decode<double>(encode(degrees)) == degrees);
  }
}

TEST_CASE("Zero has one spelling") {
  CHECK(encode(0.0) == "0");
  CHECK(encode(-0.0) == "0");
}
