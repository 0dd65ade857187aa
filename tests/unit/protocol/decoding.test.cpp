#include "protocol/codec/codec.hpp"
#include "unit/protocol/small_words.hpp"

#include <catch2/catch.hpp>

using namespace vigie::protocol;
using small::CheckPoint;
using small::Order;

namespace {

/// An order in which one field is replaced, or more are added.
std::string round_with(std::string const& field, std::string const& value) {
  std::vector<std::pair<std::string, std::string>> fields{{"type", R"("walk_round")"},
                                                          {"started_at_ms", "1795298400000"},
                                                          {"points", "[]"},
                                                          {"operator", "true"},
                                                          {"steps", "12"},
                                                          {"version", "3"},
                                                          {"factor", "1.25"},
                                                          {"remark", R"("quiet")"},
                                                          {"battery_percent", "80"},
                                                          {"speed_m_per_s", "1.3"}};
  std::string json;
  bool replaced = false;
  for (auto& [name, now] : fields) {
    if (name == field) {
      now = value;
      replaced = true;
    }
    if (!now.empty()) json += "\"" + name + "\":" + now + ",";
  }
  if (!replaced) json += "\"" + field + "\":" + value + ",";
  json.pop_back();
  return R"({"task":{)" + json + "}}";
}

DecodeError refusal(std::string const& json) {
  auto const order = decode<Order>(json);
  REQUIRE_FALSE(order);
  return order.error();
}

DecodeError refused(std::string const& field, std::string const& value) {
  return refusal(round_with(field, value));
}

DecodeError refused_point(std::string const& json) {
  auto const point = decode<CheckPoint>(json);
  REQUIRE_FALSE(point);
  return point.error();
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

} // namespace

TEST_CASE("A well-formed order is understood, whatever the order of its fields") {
  auto const order = decode<Order>(
      R"( { "task" : {"remark":"calme é \u00e8 \ud83d\ude00","steps":-4,"operator":false,"points":[
           {"spot":{"lat":48,"lon":-1.7},"place":"villejean-1","mood":"delete"}],
           "version":18446744073709551615,"factor":-2.5e-3,"battery_percent":100,"speed_m_per_s":0,
           "pause_ms":90000,"started_at_ms":0,"type":"walk_round"} } )");
  REQUIRE(order);
  auto const& round = std::get<small::WalkRound>(order->task);
  CHECK(round.remark == "calme é è 😀");
  CHECK(round.steps == -4);
  CHECK(round.version == 18446744073709551615U);
  CHECK(round.factor == -0.0025);
  CHECK(round.battery.value == 100);
  CHECK(round.pause == std::chrono::seconds{90});
  CHECK(round.started_at == Instant{});
  REQUIRE(round.points.size() == 1);
  CHECK(round.points[0].spot == small::Spot{{-1.7}, {48}});
  CHECK(round.points[0].mood == small::Mood::delete_);
  CHECK_FALSE(round.points[0].note);
}

TEST_CASE("A word without fields needs only its type") {
  CHECK(decode<Order>(R"({"task":{"type":"go_home"}})") == Order{small::GoHome{}});
}

TEST_CASE("A missing field is named with its path") {
  CHECK(refused("started_at_ms", "") == DecodeError{"task.started_at_ms", "missing"});
  CHECK(refused("points", R"([{"place":"a","spot":{"lon":1,"lat":1}},{"place":"a","spot":{"lon":1}}])") ==
        DecodeError{"task.points[1].spot.lat", "missing"});
  CHECK(refusal("{}") == DecodeError{"task", "missing"});
  CHECK(refusal(R"({"task":{}})") == DecodeError{"task.type", "missing"});
}

TEST_CASE("An unknown field is named with its path") {
  CHECK(refused("colour", "1") == DecodeError{"task.colour", "unknown field"});
  CHECK(refused("points", R"([{"place":"a","spot":{"lon":1,"lat":1,"alt":3}}])") ==
        DecodeError{"task.points[0].spot.alt", "unknown field"});
  CHECK(refusal(R"({"task":{"type":"go_home"},"type":"order"})") == DecodeError{"type", "unknown field"});
}

TEST_CASE("An unknown field with an endless name is cut where a character ends") {
  auto const error = refusal(R"({"task":{"type":"go_home","x)" + repeated("é", 500) + R"(":1}})");
  CHECK(error.path == "task.x" + repeated("é", 31) + "…");
}

TEST_CASE("A field that stands twice is refused, at any level") {
  CHECK(refused("steps", R"(1,"steps":2)") == DecodeError{"steps", "stands twice"});
  CHECK(refused("steps", R"(1,"st\u0065ps":2)") == DecodeError{"steps", "stands twice"});
  CHECK(refusal(R"({"task":1,"task":{"type":"go_home"}})") == DecodeError{"task", "stands twice"});
  CHECK(refusal(R"({"":1,"":2})") == DecodeError{"", "stands twice"});
}

TEST_CASE("An optional field may be left out, but not be null") {
  CHECK(refused("pause_ms", "null") == DecodeError{"task.pause_ms", "must be an integer"});
}

TEST_CASE("A value of another type is refused") {
  CHECK(refused("operator", "1") == DecodeError{"task.operator", "must be true or false"});
  CHECK(refused("points", "{}") == DecodeError{"task.points", "must be a list"});
  CHECK(refused("points", "[3]") == DecodeError{"task.points[0]", "must be an object"});
  CHECK(refused("remark", "[]") == DecodeError{"task.remark", "must be a text"});
  CHECK(refused("factor", R"("1")") == DecodeError{"task.factor", "must be a number"});
  CHECK(refused("steps", R"("1")") == DecodeError{"task.steps", "must be an integer"});
  CHECK(refused("version", "true") == DecodeError{"task.version", "must be an integer"});
  CHECK(refused("type", "7") == DecodeError{"task.type", "must be a text"});
  CHECK(refused_point("[]") == DecodeError{"", "must be an object"});
  CHECK(refusal(R"({"task":"go_home"})") == DecodeError{"task", "must be an object"});
}

TEST_CASE("Integers take no fraction, not even an empty one") {
  CHECK(refused("steps", "1.5") == DecodeError{"task.steps", "must be an integer"});
  CHECK(refused("steps", "1.0") == DecodeError{"task.steps", "must be an integer"});
  CHECK(refused("battery_percent", "80.5") == DecodeError{"task.battery_percent", "must be an integer"});
}

TEST_CASE("Numbers outside their range are refused with the range") {
  CHECK(refused("battery_percent", "101") ==
        DecodeError{"task.battery_percent", "must be between 0 and 100"});
  CHECK(refused("battery_percent", "-1") == DecodeError{"task.battery_percent", "must be between 0 and 100"});
  CHECK(refused("speed_m_per_s", "100.001") ==
        DecodeError{"task.speed_m_per_s", "must be between 0 and 100"});
  CHECK(refused("speed_m_per_s", "1e999") == DecodeError{"task.speed_m_per_s", "must be between 0 and 100"});
  CHECK(refused("steps", "2147483648") ==
        DecodeError{"task.steps", "must be between -2147483648 and 2147483647"});
  CHECK(refused("steps", "18446744073709551615") ==
        DecodeError{"task.steps", "must be between -2147483648 and 2147483647"});
  CHECK(refused("version", "-1") ==
        DecodeError{"task.version", "must be between 0 and 18446744073709551615"});
  CHECK(refused("version", "18446744073709551616").path == "task.version");
  CHECK(refused("factor", "-1e999").path == "task.factor");
}

TEST_CASE("Instants lie between 1970 and 2200, lengths of time under ten years") {
  CHECK(decode<Order>(round_with("started_at_ms", "7258118399999")));
  CHECK(refused("started_at_ms", "7258118400000") ==
        DecodeError{"task.started_at_ms", "must be between 0 and 7258118399999"});
  CHECK(refused("started_at_ms", "-1").path == "task.started_at_ms");
  CHECK(refused("pause_ms", "-1") == DecodeError{"task.pause_ms", "must be between 0 and 315619200000"});
  CHECK(refused("pause_ms", "315619200001").path == "task.pause_ms");
}

TEST_CASE("An unknown name is answered with those allowed") {
  CHECK(refused_point(R"({"place":"a","spot":{"lon":1,"lat":1},"mood":"angry"})") ==
        DecodeError{"mood", "must be one of calm, tense, delete"});
  CHECK(refused_point(R"({"place":"a","spot":{"lon":1,"lat":1},"mood":2})") ==
        DecodeError{"mood", "must be a text"});
  CHECK(refused("type", R"("fly")") == DecodeError{"task.type", "must be one of walk_round, go_home"});
}

TEST_CASE("Identifiers are short and plain") {
  auto const with_place = [](std::string const& id) {
    return R"({"place":")" + id + R"(","spot":{"lon":1,"lat":1}})";
  };
  CHECK(decode<CheckPoint>(with_place("aZ09._:-")));
  CHECK(decode<CheckPoint>(with_place(repeated("x", 64))));
  DecodeError const wrong{"place", "must be 1 to 64 characters of a-z A-Z 0-9 . _ : -"};
  for (auto const& id : {std::string(), repeated("x", 65), std::string("a b"), std::string("é"),
                         std::string("../a"), std::string("a\\u0000"), std::string("{a}")})
    CHECK(refused_point(with_place(id)) == wrong);
}

TEST_CASE("Texts are counted in characters, not bytes, and hold no control characters") {
  auto const with_note = [](std::string const& note) {
    return R"({"place":"a","spot":{"lon":1,"lat":1},"note":")" + note + R"("})";
  };
  CHECK(decode<CheckPoint>(with_note("")));
  CHECK(decode<CheckPoint>(with_note(repeated("😀", 10))));
  CHECK(decode<CheckPoint>(with_note("a\\n\\tb à Â")));
  CHECK(refused_point(with_note(repeated("é", 11))) ==
        DecodeError{"note", "must have at most 10 characters"});
  for (auto const* const control : {"\\u0000", "\\u0007", "\\r", "\\u001b", "\\u007f", "\\u0080", "\\u009f"})
    CHECK(refused_point(with_note(control)) == DecodeError{"note", "must not hold control characters"});
}

TEST_CASE("A plain string has at most 256 KiB") {
  Limits const wide{10'000'000, 10};
  auto const most = round_with("remark", '"' + repeated("0123456789abcdef", 16 * 1024) + '"');
  CHECK(decode<Order>(most, wide));
  auto const more = decode<Order>(round_with("remark", '"' + std::string(256 * 1024 + 1, 'x') + '"'), wide);
  REQUIRE_FALSE(more);
  CHECK(more.error() == DecodeError{"task.remark", "must have at most 262144 bytes"});
}

TEST_CASE("Lists are as long as the reader allows: short from strangers, long from the server's own store") {
  std::string const long_list = "[\"t\"" + repeated(",\"t\"", 10'000) + "]";
  auto const refused_list = decode<std::vector<TeamId>>(long_list);
  REQUIRE_FALSE(refused_list);
  CHECK(refused_list.error() == DecodeError{"", "must have at most 10000 items"});
  auto const taken = decode<std::vector<TeamId>>(long_list, from_own_store);
  REQUIRE(taken);
  CHECK(taken->size() == 10'001);
}

TEST_CASE("The fields of a base stand before those of its heir") {
  auto const badge = decode<small::Badge>(R"({"number":7,"team":"binome-1"})");
  REQUIRE(badge);
  CHECK(encode(*badge) == R"({"team":"binome-1","number":7})");
}
