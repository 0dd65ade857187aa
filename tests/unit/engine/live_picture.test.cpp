#include "processes.hpp"

using namespace vigie;
using namespace vigie::testing;

namespace {

/// Positions shared by the processes of a story.
class MemoryPositions final : public engine::PositionStore {
 public:
  asio::awaitable<bool> share(protocol::Picture picture) override {
    if (away) co_return false;
    shared.push_back(picture);
    for (auto* other : others) other->hear(picture);
    co_return true;
  }
  asio::awaitable<std::optional<std::vector<protocol::Position>>> all() override { co_return kept; }
  void on_shared(std::function<void(protocol::Picture)> handler) override { handler_ = std::move(handler); }
  /// As if another process had shared it.
  void hear(protocol::Picture picture) { handler_(std::move(picture)); }

  std::vector<protocol::Picture> shared;
  std::vector<protocol::Position> kept;
  std::vector<MemoryPositions*> others;
  bool away = false;

 private:
  std::function<void(protocol::Picture)> handler_;
};

struct Screen {
  Screen(World& world, Process& process,
         std::shared_ptr<MemoryPositions> positions = std::make_shared<MemoryPositions>())
      : world(world), store(std::move(positions)),
        picture(world.io.get_executor(), process.engine, store, 5ms) {
    picture.on_picture([this](protocol::Picture const& seen) { pictures.push_back(seen); });
    wait_for(picture.start());
  }
  ~Screen() { wait_for(picture.stop()); }

  void wait_for(asio::awaitable<void> task) {
    bool done = false;
    asio::co_spawn(world.io, std::move(task), [&](std::exception_ptr) { done = true; });
    world.until([&] { return done; });
  }

  Result<void, protocol::FixRefusal> report(double lon, protocol::Instant at) {
    return picture.report({"binome-1"}, {{{lon}, {48.1}}, {10}, {}, {}, at}, protocol::FixSource::handset);
  }

  World& world;
  std::shared_ptr<MemoryPositions> store;
  std::vector<protocol::Picture> pictures;
  engine::LivePicture picture;
};

} // namespace

TEST_CASE("fixes of one tick are shown once, the latest of each team") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  Screen screen{world, process};
  for (int i = 0; i < 50; ++i)
    REQUIRE(screen.report(-1.6 + i * 0.001, world.clock->now() + std::chrono::milliseconds{i}));
  world.until([&] { return !screen.pictures.empty(); });
  REQUIRE(screen.pictures.front().positions.size() == 1);
  CHECK(screen.pictures.front().positions.front().fix.point.lon.value == Approx(-1.6 + 49 * 0.001));
}

TEST_CASE("a late fix does not take the place of a newer one") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  Screen screen{world, process};
  REQUIRE(screen.report(-1.61, world.clock->now()));
  REQUIRE(screen.report(-1.62, world.clock->now() - 5s));
  CHECK(screen.picture.position({"binome-1"})->fix.point.lon.value == Approx(-1.61));
}

TEST_CASE("a team off duty or on a break is not tracked") {
  World world;
  auto& process = world.start();
  Screen screen{world, process};
  CHECK(screen.report(-1.6, world.clock->now()).error() == protocol::FixRefusal::off_duty);
  world.open_night(process);
  REQUIRE(screen.report(-1.6, world.clock->now()));
  REQUIRE(world.submit(process, "pause", protocol::TakeBreak{{"binome-1"}}));
  CHECK(screen.report(-1.6, world.clock->now() + 1s).error() == protocol::FixRefusal::on_break);
  CHECK_FALSE(screen.picture.position({"binome-1"}));
  world.until([&] { return !screen.store->shared.empty() && !screen.store->shared.back().gone.empty(); });
}

TEST_CASE("a fix from the past or from the future is refused") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  Screen screen{world, process};
  CHECK(screen.report(-1.6, world.clock->now() - 11min).error() == protocol::FixRefusal::too_old);
  CHECK(screen.report(-1.6, world.clock->now() + 2min).error() == protocol::FixRefusal::from_the_future);
}

TEST_CASE("where a pair was on its break is not shown afterwards either, whoever tells it") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  Screen screen{world, process};
  auto const on_break = world.clock->now() + 3min;
  REQUIRE(world.submit(process, "pause", protocol::TakeBreak{{"binome-1"}}));
  world.clock->move(6min);
  REQUIRE(world.submit(process, "back", protocol::EndBreak{{"binome-1"}}));
  CHECK(screen.report(-1.6, on_break).error() == protocol::FixRefusal::too_old);
  protocol::Fix const seen{{{-1.6}, {48.1}}, {10}, {}, {}, on_break};
  screen.store->hear({world.clock->now(), {{{"binome-1"}, seen, protocol::FixSource::handset}}, {}});
  CHECK_FALSE(screen.picture.position({"binome-1"}));
  REQUIRE(screen.report(-1.6, world.clock->now()));
}

TEST_CASE("where a pair was on its break is not shown by a process that begins after it") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  auto const on_break = world.clock->now() + 3min;
  REQUIRE(world.submit(process, "pause", protocol::TakeBreak{{"binome-1"}}));
  world.clock->move(6min);
  REQUIRE(world.submit(process, "back", protocol::EndBreak{{"binome-1"}}));
  auto const store = std::make_shared<MemoryPositions>();
  protocol::Fix const seen{{{-1.6}, {48.1}}, {10}, {}, {}, on_break};
  store->kept = {{{"binome-1"}, seen, protocol::FixSource::handset}};
  Screen screen{world, world.start(), store};
  CHECK_FALSE(screen.picture.position({"binome-1"}));
  CHECK(screen.report(-1.6, on_break).error() == protocol::FixRefusal::too_old);
  CHECK(screen.report(-1.6, world.clock->now()));
}

TEST_CASE("where a pair was on a break that a process hears of when it is over is shown no more") {
  World world;
  auto& here = world.start();
  auto& away = world.start();
  world.open_night(here);
  world.until([&] { return away.engine.state().version == world.store->version(); });
  Screen screen{world, away};
  away.journal->set_away(true);
  REQUIRE(world.submit(here, "pause", protocol::TakeBreak{{"binome-1"}}));
  world.clock->move(3min);
  auto const on_break = world.clock->now();
  REQUIRE(screen.report(-1.6, on_break));
  world.clock->move(3min);
  REQUIRE(world.submit(here, "back", protocol::EndBreak{{"binome-1"}}));
  SECTION("and it has nothing to do yet") {}
  SECTION("and it was sent somewhere meanwhile") {
    REQUIRE(world.submit(here, "ask", request("r-1")));
    REQUIRE(world.submit(here, "send", protocol::OfferAssignment{{"sent"}, {"r-1"}, {"binome-1"}, false}));
  }
  away.journal->set_away(false);
  world.until([&] { return away.engine.state().version == world.store->version(); });
  CHECK_FALSE(screen.picture.position({"binome-1"}));
  CHECK(screen.report(-1.6, on_break + 1min).error() == protocol::FixRefusal::too_old);
  CHECK(screen.report(-1.6, world.clock->now()));
}

TEST_CASE("a pair that is sent somewhere stays where it was seen last") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  Screen screen{world, process};
  REQUIRE(screen.report(-1.6, world.clock->now()));
  world.clock->move(3min);
  REQUIRE(world.submit(process, "ask", request("r-1")));
  REQUIRE(world.submit(process, "send", protocol::OfferAssignment{{"sent"}, {"r-1"}, {"binome-1"}, false}));
  CHECK(screen.picture.position({"binome-1"}));
  CHECK(screen.report(-1.6, world.clock->now() - 2min));
}

TEST_CASE("a pair that came on duty by a clock that was ahead is seen all the same") {
  World world;
  auto& process = world.start();
  world.clock->move(1h);
  world.open_night(process);
  world.clock->move(-1h);
  auto& begun_anew = world.start();
  Screen screen{world, begun_anew};
  REQUIRE(world.submit(begun_anew, "ask", request("r-1")));
  REQUIRE(
      world.submit(begun_anew, "send", protocol::OfferAssignment{{"sent"}, {"r-1"}, {"binome-1"}, false}));
  CHECK(screen.report(-1.6, world.clock->now()));
}

TEST_CASE("a pair that came on duty while the clock was ahead is seen when the clock is right again") {
  World world;
  auto& process = world.start();
  Screen screen{world, process};
  world.clock->move(1h);
  world.open_night(process);
  world.clock->move(-1h);
  CHECK(screen.report(-1.6, world.clock->now()));
}

TEST_CASE("a position of a time to come does not keep the true ones out") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  Screen screen{world, process};
  world.clock->move(1h);
  REQUIRE(screen.report(-1.61, world.clock->now()));
  world.clock->move(-1h);
  world.until([&] {
    REQUIRE(screen.report(-1.62, world.clock->now()));
    return screen.picture.position({"binome-1"})->fix.point.lon.value == Approx(-1.62);
  });
}

TEST_CASE("a fix taken by one process is seen on the screens of another") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  world.open_night(first);
  world.until([&] { return second.engine.state().teams.contains({"binome-1"}); });
  Screen here{world, first};
  Screen there{world, second};
  here.store->others = {there.store.get()};
  REQUIRE(here.report(-1.6, world.clock->now()));
  world.until([&] { return !there.pictures.empty(); });
  CHECK(there.picture.position({"binome-1"}));
}

TEST_CASE("a position that came before the team was known to be on duty is shown once it is") {
  World world;
  auto& first = world.start();
  auto& second = world.start();
  Screen there{world, second};
  protocol::Fix const fix{{{-1.6}, {48.1}}, {10}, {}, {}, world.clock->now()};
  there.store->kept = {{{"binome-1"}, fix, protocol::FixSource::handset}};
  world.open_night(first);
  world.until([&] { return !there.pictures.empty(); });
  CHECK(there.picture.position({"binome-1"}));
}

TEST_CASE("that a team is gone is shared as soon as the store is back") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  Screen screen{world, process};
  REQUIRE(screen.report(-1.6, world.clock->now()));
  world.until([&] { return !screen.store->shared.empty(); });
  screen.store->away = true;
  REQUIRE(world.submit(process, "pause", protocol::TakeBreak{{"binome-1"}}));
  CHECK(screen.store->shared.back().gone.empty());
  screen.store->away = false;
  world.until([&] { return !screen.store->shared.back().gone.empty(); });
  CHECK(screen.store->shared.back().positions.empty());
}

TEST_CASE("where a team was before its break is kept nowhere, whoever knew of it") {
  World world;
  auto& process = world.start();
  auto const store = std::make_shared<MemoryPositions>();
  protocol::Fix const fix{{{-1.6}, {48.1}}, {10}, {}, {}, world.clock->now()};
  store->kept = {{{"binome-1"}, fix, protocol::FixSource::handset}};
  auto const told = [&] {
    return !store->shared.empty() && store->shared.back().gone == std::vector<protocol::TeamId>{{"binome-1"}};
  };
  SECTION("one that was killed left it behind") {
    Screen screen{world, process, store};
    world.until(told);
    CHECK_FALSE(screen.picture.position({"binome-1"}));
  }
  SECTION("the store could not be reached when this one started") {
    world.open_night(process);
    auto const kept = std::exchange(store->kept, {});
    Screen screen{world, process, store};
    REQUIRE(world.submit(process, "pause", protocol::TakeBreak{{"binome-1"}}));
    world.until(told);
  }
  SECTION("this one stops before it could tell") {
    world.open_night(process);
    {
      Screen screen{world, process, store};
      store->away = true;
      REQUIRE(world.submit(process, "pause", protocol::TakeBreak{{"binome-1"}}));
      for (int turn = 0; turn < 5; ++turn) world.io.run_one_for(1ms);
      store->away = false;
    }
    CHECK(told());
  }
}

TEST_CASE("a position that nobody renews disappears") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  Screen screen{world, process};
  REQUIRE(screen.report(-1.6, world.clock->now()));
  world.until([&] { return !screen.pictures.empty(); });
  world.clock->move(11min);
  world.until([&] { return !screen.pictures.back().gone.empty(); });
  CHECK(screen.picture.whole().positions.empty());
}
