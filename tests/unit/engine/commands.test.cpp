#include "processes.hpp"
#include "runtime/metrics.hpp"

using namespace vigie;
using namespace vigie::testing;

TEST_CASE("an answered command stands in the journal, with its particulars in the vault alone") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  auto const answer = world.submit(process, "ask-1", request("r-1"));
  REQUIRE(answer);
  CHECK(*answer == world.store->version());
  CHECK(world.store->commits().back().command.value == "ask-1");
  CHECK(world.store->confidence({"r-1"})->words->value == "Musique au troisième");
  CHECK(process.engine.confidence({"r-1"})->words->value == "Musique au troisième");
}

TEST_CASE("the same command sent twice is answered twice and done once") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  auto const first = world.submit(process, "ask-1", request("r-1"));
  auto const second = world.submit(process, "ask-1", request("r-1"));
  REQUIRE(first);
  REQUIRE(second);
  CHECK(*first == *second);
  CHECK(world.store->version() == *first);
}

TEST_CASE("a refused command sent again hears the same, even when it would pass by now") {
  World world;
  auto& process = world.start();
  auto const early = world.submit(process, "ask-1", request("r-1"));
  REQUIRE_FALSE(early);
  CHECK(early.error().reason == protocol::Rejection::night_not_open);
  world.open_night(process);
  CHECK_FALSE(world.submit(process, "ask-1", request("r-1")));
  CHECK(world.submit(process, "ask-2", request("r-1")));
}

TEST_CASE("commands that come while an append is under way go together in the next") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  int appends = 0;
  process.journal->troubles.before_append = [&]() -> asio::awaitable<void> {
    ++appends;
    asio::steady_timer rest{co_await asio::this_coro::executor, 20ms};
    co_await rest.async_wait(asio::use_awaitable);
  };
  int answered = 0;
  for (int i = 0; i < 100; ++i)
    world.send(process, "ask-" + std::to_string(i), request("r-" + std::to_string(i)),
               [&](engine::Answer const& answer) { answered += answer.has_value() ? 1 : 0; });
  world.until([&] { return answered == 100; });
  CHECK(appends <= 3);
  CHECK(world.store->version() == 102);
}

TEST_CASE("more commands than may wait are refused as overloaded") {
  World world;
  auto limits = World::quick();
  limits.waiting_commands = 5;
  auto& process = world.start(limits);
  world.open_night(process);
  int overloaded = 0;
  int taken = 0;
  auto const count = [&](engine::Answer const& answer) {
    if (answer)
      ++taken;
    else if (answer.error().reason == protocol::Rejection::overloaded)
      ++overloaded;
  };
  for (int i = 0; i < 20; ++i)
    world.send(process, "ask-" + std::to_string(i), request("r-" + std::to_string(i)), count);
  world.until([&] { return taken + overloaded == 20; });
  CHECK(overloaded > 0);
  CHECK(world.store->version() == 2U + static_cast<unsigned>(taken));
}

TEST_CASE(
    "a command that the journal keeps waiting is given up in time, and is there when it is sent again") {
  World world;
  auto limits = World::quick();
  limits.answer_within = 20ms;
  auto& process = world.start(limits);
  world.open_night(process);
  asio::steady_timer disk{world.io, 1h};
  process.journal->troubles.before_append = [&]() -> asio::awaitable<void> {
    asio::error_code written;
    auto token = asio::redirect_error(asio::use_awaitable, written);
    co_await disk.async_wait(token);
  };
  std::vector<std::string> given_up;
  auto const note = [&](std::string id) {
    return [&given_up, id](engine::Answer const& answer) {
      if (!answer && answer.error().reason == protocol::Rejection::journal_unavailable)
        given_up.push_back(id);
    };
  };
  world.send(process, "under-way", request("r-1"), note("under-way"));
  world.send(process, "behind-it", request("r-2"), note("behind-it"));
  world.until([&] { return given_up.size() == 2; });
  CHECK(given_up == std::vector<std::string>{"under-way", "behind-it"});
  process.journal->troubles.before_append = nullptr;
  disk.expires_after(0ms);
  auto const again = world.submit(process, "under-way", request("r-1"));
  REQUIRE(again);
  CHECK(*again == 3);
}

TEST_CASE("a command that comes twice at once hears the same twice") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  std::vector<bool> taken;
  auto const note = [&](engine::Answer const& answer) { taken.push_back(answer.has_value()); };
  protocol::AmendRequest amend{};
  amend.request = {"r-1"};
  amend.priority = protocol::Priority::urgent;
  world.send(process, "amend", amend, note);
  world.send(process, "open-it", request("r-1"), note);
  world.send(process, "amend", amend, note);
  world.until([&] { return taken.size() == 3; });
  CHECK(taken == std::vector<bool>{false, true, false});
}

TEST_CASE("somebody who cannot be told keeps nobody else from their answer") {
  World world;
  auto& process = world.start();
  world.open_night(process);
  world.send(process, "ask-1", request("r-1"),
             [](engine::Answer const&) { throw std::runtime_error{"gone"}; });
  CHECK(world.submit(process, "ask-2", request("r-2")));
  CHECK(world.store->version() == 4);
}

TEST_CASE("whoever watches sees groups, their time, and what waits") {
  runtime::Metrics metrics; // counted to until the world ends
  World world;
  auto& process = world.start();
  process.engine.measure(metrics);
  world.open_night(process);
  auto const text = metrics.text();
  CHECK(text.find(R"(vigie_commit_seconds_count{service="rennes"} 2)") != std::string::npos);
  CHECK(text.find(R"(vigie_commands_waiting{service="rennes"} 0)") != std::string::npos);
}
