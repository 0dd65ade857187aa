#include "gateway/write_batch.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

using namespace vigie;
using gateway::WriteBatch;

namespace {

/// Two ends of a line: ours never waits.
struct Line {
  Line() { REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0); }
  ~Line() {
    for (int const end : ends) close(end);
  }
  Line(Line const&) = delete;
  Line& operator=(Line const&) = delete;

  int here() const { return ends[0]; }
  /// All that has come at the other end.
  std::string arrived() const {
    std::string text;
    std::array<char, 4096> bytes{};
    for (ssize_t got = 0; (got = read(ends[1], bytes.data(), bytes.size())) > 0;)
      text.append(bytes.data(), static_cast<std::size_t>(got));
    return text;
  }
  void fill() const {
    std::string const much(4096, 'x');
    while (write(here(), much.data(), much.size()) > 0) {
    }
  }
  void hang_up() {
    close(ends[1]);
    ends[1] = -1;
  }

  std::array<int, 2> ends{};
};

} // namespace

TEST_CASE("A batch gives each socket its pieces in order, however many there are") {
  WriteBatch batch{GENERATE(true, false)};
  auto const count = GENERATE(1, 3, 300);
  std::vector<Line> lines(static_cast<std::size_t>(count));
  for (int round = 0; round < 2; ++round) {
    std::vector<std::string> texts;
    for (int at = 0; at < count; ++at) texts.push_back("screen " + std::to_string(at));
    for (std::size_t at = 0; at < lines.size(); ++at) {
      batch.socket(lines[at].here());
      batch.piece(texts[at]);
      batch.piece(";");
    }
    auto const taken = batch.write();
    REQUIRE(taken.size() == lines.size());
    for (std::size_t at = 0; at < lines.size(); ++at) {
      CHECK(taken[at] == static_cast<int>(texts[at].size()) + 1);
      CHECK(lines[at].arrived() == texts[at] + ";");
    }
  }
}

TEST_CASE("A batch waits for nobody: who has no room or has gone is told apart, the others are served") {
  WriteBatch batch{GENERATE(true, false)};
  std::vector<Line> lines(6);
  lines[1].fill();
  lines[4].hang_up();
  for (auto const& line : lines) {
    batch.socket(line.here());
    batch.piece("news");
  }
  auto const taken = batch.write();
  CHECK(std::vector<int>{taken.begin(), taken.end()} == std::vector<int>{4, -EAGAIN, 4, 4, -EPIPE, 4});
  CHECK(lines[5].arrived() == "news");
}

TEST_CASE("Of a piece that is larger than the room a socket takes a part") {
  WriteBatch batch{GENERATE(true, false)};
  std::vector<Line> lines(4);
  std::string const large(4'000'000, 'l');
  for (auto const& line : lines) {
    batch.socket(line.here());
    batch.piece(large);
  }
  for (int const taken : batch.write()) {
    CHECK(taken > 0);
    CHECK(taken < static_cast<int>(large.size()));
  }
}

TEST_CASE("An empty batch writes nothing") { CHECK(WriteBatch{}.write().empty()); }
