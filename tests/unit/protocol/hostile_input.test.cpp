#include "protocol/codec/codec.hpp"
#include "protocol/frames.hpp"
#include "support/folders.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <random>

using namespace vigie::protocol;

namespace {

std::string refusal(std::string const& text, Limits limits = from_outside) {
  auto const frame = decode<ClientFrame>(text, limits);
  REQUIRE_FALSE(frame);
  return frame.error().problem;
}

std::string example(std::string const& name) {
  std::ifstream file(vigie::testing::source_folder / "protocol/examples" / name);
  return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

TEST_CASE("Text that is no JSON is refused with the place of the fault") {
  CHECK(refusal("").starts_with("malformed JSON at byte 0: "));
  CHECK(refusal(R"({"type":"ping"}x)").starts_with("malformed JSON at byte 15: "));
  CHECK(refusal(R"({"type":"ping")").starts_with("malformed JSON at byte 14: "));
  CHECK(refusal(R"({"type" "ping"})").starts_with("malformed JSON at byte 8: "));
  for (auto const* const text :
       {"{'type':'ping'}", "{\"type\":\"ping\",}", "{\"type\":\"ping\"}{}", "/* */{\"type\":\"ping\"}", "NaN",
        "{\"type\":\"pi\nng\"}", "\xEF\xBB\xBF{\"type\":\"ping\"}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}",
        "{\"a\":1e}", "{\"a\":-}", "tru", "\"\\u12\"", "\"\\x\""})
    CHECK(refusal(text).starts_with("malformed JSON at byte "));
}

TEST_CASE("Nesting has a limit, however the brackets come") {
  CHECK(refusal(std::string(100'000, '[')) == "nested deeper than 32");
  CHECK(refusal(std::string(33, '[') + std::string(33, ']')) == "nested deeper than 32");
  CHECK(refusal(std::string(32, '[') + std::string(32, ']')) == "must be an object");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  CHECK(refusal(objects) == "nested deeper than 32");
}

TEST_CASE("A stranger's frame has at most a mebibyte, which is told before it is read") {
  CHECK(refusal(std::string(10'000'000, '[')) == "longer than 1048576 bytes");
  std::string const padded = R"({"type":"ping"})" + std::string(1024 * 1024 - 15, ' ');
  CHECK(decode<ClientFrame>(padded));
  CHECK(refusal(padded + ' ') == "longer than 1048576 bytes");
  CHECK(decode<ClientFrame>(padded + ' ', from_own_store));
}

TEST_CASE("Text that is not UTF-8 is refused") {
  for (auto const* const bytes : {"\xff", "\xc3", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                  "\x80", "\\ud800", "\\udc00", "\\ud800\\u0041"})
    CHECK(refusal(R"({"type":")" + std::string(bytes) + R"("})").starts_with("malformed JSON at byte "));
  std::string const inside_key = "{\"t\xff\":1}";
  CHECK(refusal(inside_key).starts_with("malformed JSON at byte "));
}

TEST_CASE("A frame cut off anywhere is refused") {
  std::string whole = example("client/submit.json");
  whole.erase(whole.find_last_of('}') + 1);
  REQUIRE(decode<ClientFrame>(whole));
  for (std::size_t length = 0; length < whole.size(); ++length)
    REQUIRE_FALSE(decode<ClientFrame>(whole.substr(0, length)));
}

TEST_CASE("Random bytes are refused") {
  std::mt19937_64 random(19960101);
  for (int i = 0; i < 5'000; ++i) {
    std::string bytes(random() % 200, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    REQUIRE_FALSE(decode<ClientFrame>(bytes));
  }
}

TEST_CASE("A frame with bytes changed is refused, or is a frame that reads back as itself") {
  std::mt19937_64 random(210022);
  std::string const whole = example("client/submit.json");
  int taken = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::string bytes = whole;
    for (std::size_t change = 0; change <= random() % 3; ++change)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    auto const frame = decode<ClientFrame>(bytes);
    if (!frame) continue;
    ++taken;
    std::string const once = encode(*frame);
    auto const again = decode<ClientFrame>(once);
    REQUIRE(again);
    REQUIRE(encode(*again) == once);
  }
  CHECK(taken > 0);
}

TEST_CASE("A flood of keys is refused like one") {
  std::string keys = R"({"type":"ping")";
  for (int i = 0; i < 50'000; ++i) keys += ",\"k" + std::to_string(i) + "\":0";
  CHECK(refusal(keys + "}") == "unknown field");
}
