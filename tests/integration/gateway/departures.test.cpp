#include "gateway/departures.hpp"

#include "house.hpp"

#include <asio/post.hpp>

#include <thread>

using namespace vigie;
using namespace vigie::protocol;
using namespace vigie::testing;
using gateway::Due;

namespace {

/// A screen that notes when it was its turn, and takes its time.
class Slow final : public gateway::Departing {
 public:
  Slow(std::string name, std::string& told, std::chrono::milliseconds takes)
      : name_(std::move(name)), told_(told), takes_(takes) {}
  bool board(gateway::WriteBatch&) override {
    told_ += name_;
    std::this_thread::sleep_for(takes_);
    return false;
  }
  bool departed(int) override { return false; }

 private:
  std::string name_;
  std::string& told_;
  std::chrono::milliseconds takes_;
};

} // namespace

TEST_CASE("What a turn of the loop brought leaves at its end, what is urgent first") {
  asio::io_context io;
  auto const departures = std::make_shared<gateway::Departures>(io);
  std::string told;
  departures->add(std::make_shared<Slow>("desk ", told, 0ms), Due::with_others);
  departures->add(std::make_shared<Slow>("handset ", told, 0ms), Due::now);
  CHECK(told.empty());
  io.run();
  CHECK(told == "handset desk ");
}

TEST_CASE("After a long round the desks wait for a tick, an assignment does not") {
  asio::io_context io;
  auto const departures = std::make_shared<gateway::Departures>(io);
  std::string told;
  auto const desk = std::make_shared<Slow>("desk ", told, 40ms);
  departures->add(desk, Due::with_others);
  io.run();
  REQUIRE(told == "desk ");
  io.restart();
  departures->add(desk, Due::with_others);
  departures->add(std::make_shared<Slow>("handset ", told, 0ms), Due::now);
  while (told == "desk ") io.run_one();
  CHECK(told == "desk handset ");
  io.run();
  CHECK(told == "desk handset desk ");
}

TEST_CASE("What waits for a tick leaves, also when a long round comes before the tick") {
  asio::io_context io;
  auto const departures = std::make_shared<gateway::Departures>(io);
  std::string told;
  auto const long_one = std::make_shared<Slow>("desk ", told, 10ms);
  departures->add(long_one, Due::with_others);
  io.run();
  io.restart();
  departures->add(long_one, Due::with_others); // planned for a tick, which is over before the loop looks
  std::this_thread::sleep_for(30ms);
  departures->add(std::make_shared<Slow>("handset ", told, 0ms), Due::now);
  asio::post(io, [&] { departures->add(std::make_shared<Slow>("last ", told, 0ms), Due::with_others); });
  io.run();
  CHECK(told == "desk handset desk last ");
}

TEST_CASE("R3.4 frames that leave together keep their order") {
  House house;
  house.open();
  house.open_night(house.process);
  auto desk = house.desk();
  desk.enter();
  auto const whole = desk.hear_next<Whole>();
  desk.hear_next<Picture>();
  // All commands are written in one piece, so that their changes and answers become due together.
  for (int i = 0; i < 20; ++i)
    desk.say(Submit{{"r" + std::to_string(i)}, house.clock->now(), request("s-" + std::to_string(i))});
  auto version = whole.version;
  for (int answered = 0; answered < 20;) {
    auto const frame = desk.hear();
    if (auto const* change = std::get_if<Change>(&frame)) {
      CHECK(change->version > version);
      version = change->version;
    }
    if (auto const* accepted = std::get_if<Accepted>(&frame)) {
      CHECK(accepted->version <= version); // R5.2: after the change that it speaks of
      ++answered;
    }
  }
}

TEST_CASE("R5.5 a command that is refused at the door is answered before one that waits for the journal") {
  auto options = House::quick_options();
  options.caps.commands = {1, 1h};
  House house{options};
  house.open();
  house.open_night(house.process);
  auto desk = house.desk();
  desk.enter();
  asio::steady_timer disk{house.io, 1h};
  house.process.journal->troubles.before_append = [&]() -> asio::awaitable<void> {
    asio::error_code written;
    auto token = asio::redirect_error(asio::use_awaitable, written);
    co_await disk.async_wait(token);
  };
  desk.say(Submit{{"first"}, house.clock->now(), request("s-1")});
  desk.say(Submit{{"second"}, house.clock->now(), request("s-2")});
  auto const refused = desk.hear_a<Rejected>();
  CHECK(refused.id.value == "second");
  disk.expires_after(0ms);
  CHECK(desk.hear_a<Accepted>().id.value == "first");
}

TEST_CASE("A ping is answered with what it said, between the frames") {
  House house;
  house.open();
  auto desk = house.desk();
  desk.enter();
  desk.hear_next<Whole>();
  desk.hear_next<Picture>();
  desk.say_raw({WebFrame::ping, "still there?"});
  auto const heard = desk.hear_raw();
  REQUIRE(heard);
  CHECK(heard->opcode == WebFrame::pong);
  CHECK(heard->payload == "still there?");
}
