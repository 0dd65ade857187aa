#include "protocol/codec/codec.hpp"
#include "protocol/codec/examples.hpp"
#include "protocol/codec/schema.hpp"
#include "protocol/frames.hpp"
#include "support/folders.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace vigie::protocol;
namespace fs = std::filesystem;

namespace {

fs::path const examples = vigie::testing::source_folder / "protocol/examples";

/// A copy of the examples that a test may spoil.
class SpoiledExamples {
 public:
  SpoiledExamples() : folder_(fs::temp_directory_path() / ("vigie-examples-" + std::to_string(::getpid()))) {
    fs::copy(examples, folder_, fs::copy_options::recursive);
  }
  ~SpoiledExamples() { fs::remove_all(folder_); }
  SpoiledExamples(SpoiledExamples const&) = delete;
  SpoiledExamples& operator=(SpoiledExamples const&) = delete;
  fs::path operator/(char const* name) const { return folder_ / name; }
  std::vector<std::string> faults() const { return faults_of_examples(folder_); }

 private:
  fs::path folder_;
};

} // namespace

TEST_CASE("There is a golden example of every frame, command and event, and each is written as it was read") {
  for (std::string const& fault : faults_of_examples(examples)) FAIL_CHECK(fault);
}

TEST_CASE("A missing, misnamed or reordered example is noticed") {
  SpoiledExamples const folder;
  REQUIRE(folder.faults().empty());
  SECTION("missing") {
    fs::remove(folder / "event/night_opened.json");
    CHECK(folder.faults() == std::vector{(folder / "event/night_opened.json").string() + ": there is none"});
  }
  SECTION("misnamed") {
    fs::copy_file(folder / "client/ping.json", folder / "client/hello.json",
                  fs::copy_options::overwrite_existing);
    CHECK(folder.faults() ==
          std::vector{(folder / "client/hello.json").string() + ": holds another kind than its name says"});
  }
  SECTION("reordered") {
    std::ofstream(folder / "command/join_call.json") << R"({"request":"r","type":"join_call","call":"c"})";
    CHECK(folder.faults().size() == 1);
  }
  SECTION("unknown") {
    std::ofstream(folder / "command/dance.json") << R"({"type":"dance"})";
    CHECK(folder.faults().size() == 1);
  }
}

TEST_CASE("A wrong latitude inside a command is named from the frame down") {
  auto const frame = decode<ClientFrame>(R"({"type":"submit","id":"c1","made_at_ms":1,"command":{
    "type":"open_request","request":"r1","source":"landlord","category":"noise","priority":"normal",
    "quarter":"villejean","place":{"id":"p","quarter":"q","landlord":"","estate":"","street":"","number":"",
    "hall":"","point":{"lon":-1.7,"lat":148.1}},"dangers":[],"particulars":{}}})");
  REQUIRE_FALSE(frame);
  CHECK(frame.error() == DecodeError{"command.place.point.lat", "must be between -90 and 90"});
}

TEST_CASE("A wrong danger sign is named by its place in the list") {
  auto const frame = decode<ClientFrame>(R"({"type":"submit","id":"c1","made_at_ms":1,"command":{
    "type":"amend_request","request":"r1","dangers":["weapon","cat"]}})");
  REQUIRE_FALSE(frame);
  CHECK(frame.error().path == "command.dangers[1]");
}

TEST_CASE("A frame of the server is not one of a client") {
  auto const frame = decode<ClientFrame>(R"({"type":"pong","now_ms":1})");
  REQUIRE_FALSE(frame);
  CHECK(frame.error() == DecodeError{"type", "must be one of hello, submit, report_fix, ask_teams, ping"});
}

TEST_CASE("Equal commits are equal bytes, whatever text they were read from") {
  auto const tidy = decode<Commit>(
      R"({"version":7,"command":"c","actor":{"account":"yann.b","role":"dispatcher"},"at_ms":5,"events":[{"type":"night_closed","at_ms":5}]})");
  auto const untidy = decode<Commit>(
      R"( {"events":[{"at_ms":5,"type":"night_clos\u0065d"}],"at_ms":5,"actor":{"role":"dispatcher","account":"yann.b"},"command":"c","version":7})");
  REQUIRE(tidy);
  REQUIRE(untidy);
  CHECK(encode(*tidy) == encode(*untidy));
}

TEST_CASE("An empty snapshot is a snapshot") {
  auto const snapshot = decode<Snapshot>(encode(Snapshot{}), from_own_store);
  REQUIRE(snapshot);
  CHECK(snapshot->version == 0);
}

TEST_CASE("The schema names every word, and tells a command's form from the same word alone") {
  std::string const schema = json_schema();
  CHECK(schema.find(R"("$schema":"https://json-schema.org/draft/2020-12/schema")") != std::string::npos);
  for (auto const* const name :
       {"ClientFrame", "ServerFrame", "Command", "OpenRequest", "TeamId", "CallerKey", "Rejection", "Instant",
        "ReportCall", "ReportCallBody", "SignIn", "Problem"})
    CHECK(schema.find('"' + std::string(name) + R"(":{"title":")" + name + '"') != std::string::npos);
  CHECK(schema.find(R"("type":{"const":"open_request"})") != std::string::npos);
  CHECK(schema == json_schema());
}
