#include "fuzz/support/house.hpp"

#include "runtime/log.hpp"
#include "support/rennes.hpp"

#include <asio/co_spawn.hpp>

#include <cstdlib>

namespace vigie::fuzz {
namespace {

using namespace std::chrono_literals;

class NoPositions final : public engine::PositionStore {
 public:
  asio::awaitable<bool> share(protocol::Picture) override { co_return true; }
  asio::awaitable<std::optional<std::vector<protocol::Position>>> all() override {
    co_return std::vector<protocol::Position>{};
  }
  void on_shared(std::function<void(protocol::Picture)>) override {}
};

runtime::Metrics& quiet_metrics() {
  static runtime::Metrics metrics;
  static bool const silent = (log::start({log::Level::error, "/dev/null", false}), true);
  (void)silent;
  return metrics;
}

/// The accounts of this build never ask Redis.
redis::Client& no_redis() {
  alignas(std::max_align_t) static char nothing[16];
  return reinterpret_cast<redis::Client&>(nothing);
}

engine::Limits quick_limits() {
  engine::Limits limits;
  limits.answer_within = 5ms;
  limits.retry_first = 1ms;
  limits.retry_longest = 2ms;
  limits.commits_between_snapshots = 20;
  return limits;
}

gateway::Options patient_options() {
  gateway::Options options;
  options.public_origin = "https://vigie.example";
  options.caps.waiting_bytes = 64 * 1024;
  options.caps.waiting_frames = 100;
  options.caps.behind_bytes = 4 * 1024;
  options.caps.commands = {1000, 1ms};
  options.caps.fixes = {1000, 1ms};
  options.caps.frames = {1000, 1ms};
  options.caps.session = {1000, 1ms};
  options.screens_per_account = 1000;
  return options;
}

gateway::ServiceDoor door(House& house) {
  return {house.engine, house.picture,
          [](std::string const& words, std::size_t limit) {
            protocol::Place place{};
            place.street = {words.substr(0, 20)};
            return std::vector<protocol::Place>(std::min<std::size_t>(limit, 2), place);
          },
          [](protocol::PlaceId const& id) {
            static protocol::Place const known{{"p1"}, {"maurepas"}, {}, {}, {}, {}, {}, {}};
            return id == known.id ? &known : nullptr;
          },
          R"({"type":"FeatureCollection","features":[]})"};
}

} // namespace

House::House()
    : journal(std::make_shared<testing::MemoryJournal>(io.get_executor(), store, 1h)),
      engine(io.get_executor(), tests::rennes(), journal, clock, quick_limits()),
      picture(io.get_executor(), engine, std::make_shared<NoPositions>(), 1ms), options(patient_options()),
      accounts(std::make_unique<accounts::Accounts>(no_redis(), accounts::Options{},
                                                    [] { return protocol::Instant{}; })),
      metrics(quiet_metrics()), figures(metrics), tasks(io.get_executor(), "fuzz"),
      hub(std::make_shared<gateway::Hub>(door(*this), figures)), pressure(io.get_executor()), shares(options),
      requests(options.caps.session),
      gateway{options,
              *accounts,
              figures,
              tasks,
              pressure,
              shares,
              requests,
              [this](protocol::ServiceId const& service) {
                return service == engine.service().id ? hub.get() : nullptr;
              },
              [this](protocol::ServiceId const& service) { return service == engine.service().id; },
              [](std::string const&) {}} {
  bool started = false;
  asio::co_spawn(io, engine.start(), [&](std::exception_ptr, bool done) { started = done; });
  settle();
  if (!started) std::abort();
  finish(picture.start());
  gateway::Hub::follow(hub);
}

House::~House() {
  journal->set_away(false);
  finish(tasks.join());
  finish(picture.stop());
  finish(engine.stop());
}

void House::settle() {
  while (io.poll() > 0) {
  }
}

void House::finish(asio::awaitable<void> task) {
  bool done = false;
  asio::co_spawn(io, std::move(task), [&](std::exception_ptr) { done = true; });
  for (int turn = 0; !done && turn < 1000; ++turn)
    if (io.poll() == 0) io.run_one_for(20ms);
  if (!done) std::abort();
}

void House::pass(std::chrono::milliseconds time) {
  clock->move(time);
  engine.look_at_clock();
  settle();
}

} // namespace vigie::fuzz
