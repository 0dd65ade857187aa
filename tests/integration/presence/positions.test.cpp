#include "integration/redis/story.hpp"
#include "presence/redis_positions.hpp"

#include <set>

using namespace vigie;
using namespace vigie::testing;

namespace {

protocol::Service rennes() {
  protocol::Service service;
  service.id = {"rennes"};
  service.fix_kept_for = 1h;
  return service;
}

protocol::Position position(std::string team, double lon, double lat) {
  protocol::Instant const at{std::chrono::milliseconds(1'790'000'000'123)};
  return {{std::move(team)}, {{{lon}, {lat}}, {8.5}, {}, {}, at}, protocol::FixSource::handset};
}

protocol::Picture seen(std::vector<protocol::Position> positions) { return {{}, std::move(positions), {}}; }

std::set<std::string> names(std::vector<protocol::Position> const& positions) {
  std::set<std::string> names;
  for (auto const& position : positions) names.insert(position.team.value);
  return names;
}

/// Everything a process is told by the others.
struct Ear {
  explicit Ear(asio::io_context& loop) : told(loop) {}

  std::function<void(protocol::Picture)> handler() {
    return [this](protocol::Picture picture) {
      pictures.push_back(std::move(picture));
      told.happened();
    };
  }

  Happening told;
  std::vector<protocol::Picture> pictures;
};

/// Processes on one presence Redis.
struct Presence {
  asio::io_context loop;
  PrivateRedis redis;
  std::vector<std::shared_ptr<redis::Client>> clients;
  std::vector<std::shared_ptr<redis::Subscriber>> ears;
  std::vector<std::shared_ptr<presence::RedisPositions>> stores;

  asio::awaitable<std::shared_ptr<redis::Client>> client() {
    auto own = std::make_shared<redis::Client>(loop.get_executor(), address_of(redis));
    clients.push_back(own);
    own->start();
    auto const up = co_await own->until_up(10s);
    REQUIRE(up);
    co_return own;
  }

  asio::awaitable<std::shared_ptr<presence::RedisPositions>> process(protocol::Service service = rennes()) {
    auto own = co_await client();
    auto const ear =
        ears.emplace_back(std::make_shared<redis::Subscriber>(loop.get_executor(), own->listening_post()));
    ear->start();
    auto store = std::make_shared<presence::RedisPositions>(loop.get_executor(), own, ear, service);
    stores.push_back(store);
    co_return store;
  }

  /// Waits until every process hears what others share.
  asio::awaitable<void> all_listen() {
    for (auto const& ear : ears) {
      auto const listens = co_await ear->until_listening(10s);
      REQUIRE(listens);
    }
  }

  asio::awaitable<void> end() {
    for (auto const& store : stores) co_await store->stop();
    for (auto const& ear : ears) co_await ear->stop();
    for (auto const& client : clients) co_await client->stop();
  }
};

asio::awaitable<void> shared(std::shared_ptr<presence::RedisPositions> store, protocol::Picture picture) {
  auto const done = co_await store->share(std::move(picture));
  CHECK(done);
}

} // namespace

TEST_CASE("A process that starts finds where every team is, to the last digit") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    auto one = co_await night.process();
    auto alpha = position("alpha", -1.6601234567, 48.1281234567);
    alpha.fix.speed = {1.25};
    alpha.fix.battery = {62};
    alpha.source = protocol::FixSource::osmand;
    auto const bravo = position("bravo", -1.704, 48.121);
    auto picture = seen({alpha, bravo});
    co_await shared(one, picture);
    auto other = co_await night.process();
    auto kept = co_await other->all();
    REQUIRE(kept);
    std::ranges::sort(*kept, {}, &protocol::Position::team);
    CHECK(*kept == picture.positions);
    co_await night.end();
  });
}

TEST_CASE("A newer fix replaces the older one whole") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    auto one = co_await night.process();
    auto first = position("alpha", -1.66, 48.12);
    first.fix.battery = {62};
    auto const second = position("alpha", -1.67, 48.13);
    auto before = seen({first}), after = seen({second});
    co_await shared(one, before);
    co_await shared(one, after);
    auto const kept = co_await one->all();
    REQUIRE(kept);
    CHECK(*kept == after.positions);
    co_await night.end();
  });
}

TEST_CASE("A team that is no longer tracked leaves no position behind") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    auto one = co_await night.process();
    auto picture = seen({position("alpha", -1.66, 48.12), position("bravo", -1.7, 48.12)});
    co_await shared(one, picture);
    protocol::Picture leaving;
    leaving.gone.push_back({"alpha"});
    co_await shared(one, leaving);
    auto const kept = co_await one->all();
    REQUIRE(kept);
    CHECK(names(*kept) == std::set<std::string>{"bravo"});
    redis::Command keys{"KEYS", "*alpha*"}, places{"ZCARD", "vigie:{rennes}:positions"};
    auto const left = co_await night.clients.front()->run(std::move(keys));
    auto const counted = co_await night.clients.front()->run(std::move(places));
    REQUIRE((left && counted));
    CHECK(left->as_array()->empty());
    CHECK(counted->as_integer() == 1);
    co_await night.end();
  });
}

TEST_CASE("A fix that nobody renews is forgotten, in both places") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    auto service = rennes();
    service.fix_kept_for = 300ms;
    auto one = co_await night.process(service);
    auto picture = seen({position("alpha", -1.66, 48.12)});
    co_await shared(one, picture);
    auto kept = co_await one->all();
    REQUIRE(kept);
    CHECK(kept->size() == 1);
    while (!kept->empty()) {
      asio::steady_timer moment(night.loop, 20ms);
      co_await moment.async_wait(asio::use_awaitable);
      kept = co_await one->all();
      REQUIRE(kept);
    }
    redis::Command places{"EXISTS", "vigie:{rennes}:positions"};
    auto const left = co_await night.clients.front()->run(std::move(places));
    REQUIRE(left);
    CHECK(left->as_integer() == 0);
    co_await night.end();
  });
}

TEST_CASE("What one process shares the others hear, and itself does not") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    Ear own(night.loop), others(night.loop);
    auto one = co_await night.process();
    auto other = co_await night.process();
    one->on_shared(own.handler());
    other->on_shared(others.handler());
    co_await night.all_listen();
    auto picture = seen({position("alpha", -1.66, 48.12)});
    picture.gone.push_back({"bravo"});
    co_await shared(one, picture);
    auto const heard = co_await others.told.awaited();
    REQUIRE(heard);
    CHECK(others.pictures.front().positions == picture.positions);
    CHECK(others.pictures.front().gone == picture.gone);
    auto answer = seen({position("charlie", -1.69, 48.09)});
    co_await shared(other, answer);
    auto const answered = co_await own.told.awaited();
    REQUIRE(answered);
    REQUIRE(own.pictures.size() == 1);
    CHECK(names(own.pictures.front().positions) == std::set<std::string>{"charlie"});
    co_await night.end();
  });
}

TEST_CASE("Services do not hear each other") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    auto nantes_service = rennes();
    nantes_service.id = {"nantes"};
    auto nantes = co_await night.process(nantes_service);
    auto picture = seen({position("alpha", -1.57, 47.25)});
    co_await shared(nantes, picture);
    auto here = co_await night.process();
    auto const kept = co_await here->all();
    REQUIRE(kept);
    CHECK(kept->empty());
    co_await night.end();
  });
}

TEST_CASE("After a cut, a process is told what it missed") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    Ear ear(night.loop);
    auto one = co_await night.process();
    auto other = co_await night.process();
    other->on_shared(ear.handler());
    co_await night.all_listen();
    night.redis.kill();
    night.redis.restart();
    for (auto const& client : night.clients) {
      auto const back = co_await client->until_up(10s);
      REQUIRE(back);
    }
    auto picture = seen({position("alpha", -1.66, 48.12)});
    auto done = co_await one->share(picture);
    while (!done) {
      asio::steady_timer moment(night.loop, 20ms);
      co_await moment.async_wait(asio::use_awaitable);
      done = co_await one->share(picture);
    }
    auto const heard = co_await ear.told.awaited();
    REQUIRE(heard);
    CHECK(ear.pictures.front().positions == picture.positions);
    co_await night.end();
  });
}

TEST_CASE("Without Redis nothing is shared or found, and it says so") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    auto one = co_await night.process();
    night.redis.kill();
    auto picture = seen({position("alpha", -1.66, 48.12)});
    auto const done = co_await one->share(picture);
    auto const kept = co_await one->all();
    CHECK_FALSE(done);
    CHECK_FALSE(kept);
    co_await night.end();
  });
}

TEST_CASE("A fix at the pole does not spoil the others of its batch") {
  Presence night;
  play(night.loop, [&]() -> asio::awaitable<void> {
    auto one = co_await night.process();
    auto picture = seen({position("alpha", -1.66, 48.12), position("santa", 0, 90)});
    co_await shared(one, picture);
    auto const kept = co_await one->all();
    REQUIRE(kept);
    CHECK(names(*kept) == std::set<std::string>{"alpha", "santa"});
    co_await night.end();
  });
}
