#include "engine/task_group.hpp"
#include "runtime/log.hpp"
#include "telephony/call_door.hpp"
#include "verbs/console.hpp"
#include "verbs/sample.hpp"
#include "verbs/service_room.hpp"
#include "verbs/verbs.hpp"

#include <asio/signal_set.hpp>

#include <algorithm>
#include <csignal>
#include <iostream>

namespace vigie::verbs {

namespace {

/// So many a second, and some times as many at once.
accounts::Rate a_second(int times, double at_once) {
  return {at_once * times, std::chrono::microseconds{1'000'000 / times}};
}

gateway::Options door_options(runtime::Settings const& settings) {
  gateway::Options options;
  options.address = settings.listen.address;
  options.port = settings.listen.port;
  options.origins = settings.listen.origins;
  if (!settings.listen.origins.empty()) options.public_origin = settings.listen.origins.front();
  options.behind_proxy = settings.listen.behind_proxy;
  options.tiles_url = settings.map.tiles;
  options.tiles_attribution = settings.map.attribution;
  options.connections = settings.limits.connections;
  options.heartbeat = settings.timing.heartbeat;
  options.open_within = settings.timing.handshake;
  options.stop_within = settings.timing.drain;
  options.caps.frame_bytes = settings.limits.frame_bytes;
  options.caps.body_bytes = settings.limits.http_body_bytes;
  options.caps.waiting_bytes = settings.limits.queue_bytes;
  options.caps.waiting_frames = settings.limits.queue_messages;
  options.caps.fixes = a_second(settings.limits.fixes_per_second, 4);
  options.caps.commands = a_second(settings.limits.commands_per_second, 2);
  options.caps.frames = a_second(settings.limits.frames_per_second, 2);
  options.connections_per_address = settings.limits.connections_per_address;
  options.screens_per_account = settings.limits.screens_per_account;
  return options;
}

accounts::Options account_options(runtime::Settings const& settings) {
  accounts::Options options;
  options.idle = settings.sessions.idle;
  options.absolute = settings.sessions.absolute;
  auto const a_minute = settings.limits.sign_ins_per_minute;
  options.attempts.per_address = {static_cast<double>(a_minute),
                                  std::chrono::milliseconds{60'000 / a_minute}};
  options.attempts.right = {static_cast<double>(a_minute), std::chrono::milliseconds{300'000 / a_minute}};
  return options;
}

std::string origin_at(runtime::ListenSettings const& listen, std::uint16_t port) {
  if (!listen.origins.empty()) return listen.origins.front();
  bool const v6 = listen.address.find(':') != std::string::npos;
  return "http://" + (v6 ? '[' + listen.address + ']' : listen.address) + ':' + std::to_string(port);
}

/// As `nohup` leaves it.
bool is_ignored(int signal) {
  struct sigaction now{};
  return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

void reopen_log(log::Options const& options) {
  try {
    log::start(options);
  } catch (std::runtime_error const& failure) {
    log::error("house", std::string(failure.what()) + "; the one that was open is written on");
  }
}

/// The whole process: what it is made of, how it opens, how it closes.
class House {
 public:
  House(Ground const& ground, Stores stores, bool sample)
      : ground_(ground), sample_(sample), stores_(std::move(stores)),
        accounts_(
            *stores_.journal->client(), account_options(ground.settings),
            [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }),
        front_(io(), door_options(ground.settings), accounts_, metrics_),
        tasks_(io().get_executor(), "house"), signals_(io(), SIGINT, SIGTERM) {}

  static asio::io_context& io() {
    static asio::io_context context{1};
    return context;
  }

  int run() {
    if (ground_.settings.log.file || !is_ignored(SIGHUP)) signals_.add(SIGHUP);
    heed_signals();
    tasks_.spawn(stores_.journal->watch());
    if (stores_.presence) tasks_.spawn(stores_.presence->watch());
    opening_.spawn(open());
    io().run();
    return exit_code_;
  }

 private:
  /// A hang-up asks for the log file to be opened anew, once it was moved away; without one it means that the
  /// terminal has gone.
  void heed_signals() {
    signals_.async_wait([this](asio::error_code error, int signal) {
      if (error) return;
      if (signal != SIGHUP || !ground_.settings.log.file) return close();
      reopen_log(ground_.settings.log);
      heed_signals();
    });
  }

  asio::awaitable<void> open() {
    Result<void, std::string> opened;
    try {
      opened = co_await try_to_open();
    } catch (std::exception const& failure) {
      opened = Failure<std::string>{failure.what()};
    }
    if (opened || closing_) co_return;
    std::cerr << "vigie-server: " << opened.error() << '\n';
    exit_code_ = 1;
    signals_.cancel();
    signals_.clear(); // Ctrl-C ends at once from here on
    close();
  }

  asio::awaitable<Result<void, std::string>> try_to_open() {
    for (auto const& service : ground_.services) {
      auto room = ServiceRoom::furnish(io(), stores_, ground_.settings, service);
      if (!room) co_return Failure<std::string>{room.error()};
      (*room)->engine().measure(metrics_);
      rooms_.push_back(std::move(*room));
      front_.expect(service.id);
    }
    // A cluster that has lost a part still holds the services of the others.
    bool const whole = co_await stores_.journal->until_up(std::chrono::seconds{10});
    if (!closing_) co_await open_rooms();
    if (closing_) co_return Result<void, std::string>{};
    auto const needed = sample_ ? rooms_.begin() + 1 : rooms_.end();
    bool const worth_it = std::any_of(rooms_.begin(), needed, is_open);
    if (!worth_it) co_return Failure<std::string>{why_closed(rooms_.front()->engine().service().id, whole)};
    if (!std::ranges::all_of(rooms_, is_open)) opening_.spawn(open_late());
    co_return co_await open_doors();
  }

  static bool is_open(std::unique_ptr<ServiceRoom> const& room) { return room->is_open(); }

  /// Starts the rooms that are closed, all together, and lets in the people of those that could be started.
  asio::awaitable<void> open_rooms() {
    engine::TaskGroup starting{io().get_executor(), "house"};
    for (auto const& room : rooms_)
      if (!room->is_open()) starting.spawn(room->open(front_));
    co_await starting.join();
  }

  /// A service whose part of the cluster is away does not keep the others closed.
  asio::awaitable<void> open_late() {
    for (auto const& room : rooms_)
      if (!room->is_open())
        log::warn("house", "the journal of " + room->engine().service().id.value +
                               " cannot be reached, or not be read: the service opens once it can");
    std::chrono::milliseconds pause = std::chrono::seconds{2};
    while (!closing_ && !std::ranges::all_of(rooms_, is_open)) {
      co_await look_again_.wait_about(pause);
      pause = std::min<std::chrono::milliseconds>(2 * pause, std::chrono::minutes{1});
      if (!closing_) co_await open_rooms();
    }
  }

  std::string why_closed(protocol::ServiceId const& service, bool answers) const {
    if (answers) return "the journal of " + service.value + " cannot be read; see the log";
    return "the journal's Redis does not answer at " + stores_.journal->name() + " for " + service.value +
           ". Start it, or name another: --redis-url";
  }

  asio::awaitable<Result<void, std::string>> open_doors() {
    auto const console = find_console(ground_.settings.folders);
    if (!console) co_return Failure<std::string>{console.error()};
    front_.serve_console(*console);
    front_.route_for_machines("POST", "/api/v1/calls/events", accounts::Purpose::telephony,
                              [this](gateway::HttpRequest request, accounts::ApiKey key) {
                                return take_call_event(std::move(request), std::move(key));
                              });
    auto const port = front_.listen();
    if (!port)
      co_return Failure<std::string>{
          port.error() + ". Look at listen.address, or choose another port: --port; 0 takes a free one."};
    auto const origin = origin_at(ground_.settings.listen, *port);
    if (sample_) co_return co_await welcome(origin);
    std::cout << "Vigie is open at " << origin << '\n' << std::flush;
    co_return Result<void, std::string>{};
  }

  asio::awaitable<Result<void, std::string>> welcome(std::string origin) {
    auto& engine = rooms_.front()->engine();
    auto access = co_await sample_access(accounts_, engine.service(), ground_.settings.folders.data, origin);
    if (!access) co_return Failure<std::string>{access.error()};
    co_await open_sample_night(engine);
    std::cout << welcome_text(engine.service(), *access) << '\n' << std::flush;
    co_return Result<void, std::string>{};
  }

  asio::awaitable<gateway::HttpResponse> take_call_event(gateway::HttpRequest request, accounts::ApiKey key) {
    for (auto const& room : rooms_) {
      if (room->engine().service().id != key.service) continue;
      protocol::Actor telephone{{"telephone"}, protocol::Role::telephony, std::nullopt};
      auto outcome =
          co_await telephony::take_event(room->engine(), std::move(telephone), std::move(request.body));
      co_return gateway::json(outcome.status, std::move(outcome.body));
    }
    co_return gateway::problem(404, "service_unknown", "The key's service does not run here.");
  }

  /// All together: a Redis that does not answer keeps each waiting.
  asio::awaitable<void> close_rooms() {
    engine::TaskGroup closing{io().get_executor(), "house"};
    for (auto const& room : rooms_) closing.spawn(room->stop());
    co_await closing.join();
  }

  void close() {
    if (!std::exchange(closing_, true)) closing_tasks_.spawn(leave());
  }

  /// Everybody goes in the order in which they need one another; what is still being opened is opened first.
  asio::awaitable<void> leave() {
    if (exit_code_ == 0)
      std::cout << "Closing: screens are told to come back, commands are finished." << '\n' << std::flush;
    look_again_.raise();
    co_await opening_.join();
    co_await front_.stop();
    co_await close_rooms();
    if (stores_.presence) co_await stores_.presence->stop();
    co_await stores_.journal->stop();
    co_await tasks_.join();
  }

  Ground const& ground_;
  bool sample_;
  Stores stores_;
  runtime::Metrics metrics_;
  accounts::Accounts accounts_;
  gateway::Front front_;
  std::vector<std::unique_ptr<ServiceRoom>> rooms_;
  engine::TaskGroup tasks_;
  engine::Signal look_again_{io().get_executor()};
  engine::TaskGroup opening_{io().get_executor(), "house"};
  engine::TaskGroup closing_tasks_{io().get_executor(), "house"};
  asio::signal_set signals_;
  int exit_code_ = 0;
  bool closing_ = false;
};

} // namespace

int serve(Ground const& ground, bool sample) {
  auto stores = open_stores(House::io(), ground.settings);
  if (!stores) {
    std::cerr << "vigie-server: " << stores.error() << '\n';
    return 1;
  }
  House house{ground, std::move(*stores), sample};
  return house.run();
}

} // namespace vigie::verbs
