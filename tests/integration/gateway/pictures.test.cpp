#include "gateway/outbound.hpp"

#include <catch2/catch.hpp>

using namespace vigie;
using namespace vigie::protocol;

namespace {

/// A network that takes nothing until it is told to.
class Line final : public gateway::Socket {
 public:
  void send(gateway::Frame const& frame, gateway::Due) override { waiting += frame.framed().size(), ++sent; }
  std::size_t backlog() const override { return waiting; }
  std::size_t unsent() const override { return waiting; }
  bool stalled() override { return false; }
  void ping() override {}
  void rest_until(std::chrono::steady_clock::time_point) override {}
  void close(CloseCode code, std::string_view) override { closed = code; }

  std::size_t waiting = 0;
  int sent = 0;
  std::optional<CloseCode> closed;
};

Picture picture_of(std::string team, std::vector<TeamId> gone = {}) {
  Position const position{{std::move(team)}, {{{-1.66}, {48.12}}, {8}, {}, {}, {}}, FixSource::handset};
  return {{}, {position}, std::move(gone)};
}

} // namespace

TEST_CASE("R6.3 a screen that is behind misses pictures, and is then owed one with all positions") {
  runtime::Metrics metrics;
  gateway::Figures figures{metrics};
  gateway::Caps caps;
  auto const line = std::make_shared<Line>();
  gateway::Outbound screen{line, caps, figures};

  auto const first = picture_of("binome-1");
  screen.picture(gateway::Frame{first}, first);
  CHECK(line->sent == 1);

  line->waiting = caps.behind_bytes + 1;
  auto const missed = picture_of("binome-1", {{"binome-2"}});
  for (int tick = 0; tick < 100; ++tick) screen.picture(gateway::Frame{missed}, missed);
  CHECK(line->sent == 1);
  CHECK_FALSE(screen.picture_due());

  line->waiting = 0;
  CHECK(screen.picture_due());
  screen.whole_picture(picture_of("binome-1"));
  CHECK(line->sent == 2);
  CHECK_FALSE(screen.picture_due());
  CHECK_FALSE(line->closed);
}

TEST_CASE("R10.4 one frame larger than the cap passes, a second one behind it does not") {
  runtime::Metrics metrics;
  gateway::Figures figures{metrics};
  gateway::Caps caps;
  caps.waiting_bytes = 100;
  auto const line = std::make_shared<Line>();
  gateway::Outbound screen{line, caps, figures};
  gateway::Frame const large{Fault{FaultKind::malformed, "", std::string(5000, 'a')}};
  screen.put(large);
  CHECK(line->sent == 1);
  screen.put(large);
  CHECK(line->sent == 1);
  CHECK(line->closed == CloseCode::resync);
}
