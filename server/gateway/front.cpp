#include "gateway/front.hpp"

#include "engine/pressure.hpp"
#include "gateway/admission.hpp"
#include "gateway/network.hpp"
#include "gateway/security_headers.hpp"
#include "gateway/socket_server.hpp"
#include "gateway/static_files.hpp"
#include "runtime/log.hpp"

#include <algorithm>

namespace vigie::gateway {
namespace {

/// One after the other, many would take long, in which a session that is over goes on.
constexpr std::size_t rechecked_together = 64;

} // namespace

struct Front::Work : std::enable_shared_from_this<Work> {
  Work(asio::io_context& context, Options wanted, accounts::Accounts& accounts, runtime::Metrics& metrics)
      : io(context), options(std::move(wanted)), figures(metrics), tasks(io.get_executor(), "gateway"),
        rounds(io.get_executor(), "gateway", engine::AtFailure::end_process), pressure(io.get_executor()),
        shares(options), requests(options.caps.session),
        house{options,
              accounts,
              figures,
              tasks,
              pressure,
              shares,
              requests,
              [this](auto const& service) { return hub_of(service); },
              [this](auto const& service) { return hubs.contains(service); },
              [this](auto const& token) {
                for (auto const& conversation : present()) conversation->signed_out(token);
              }},
        sweeping(io.get_executor()), rechecking(io.get_executor()) {}

  asio::io_context& io;
  Options options;
  Figures figures;
  engine::TaskGroup tasks;
  engine::TaskGroup rounds; ///< without them screens would be neither heard nor checked any more
  engine::Pressure pressure;
  AccountShares shares;
  accounts::TokenBuckets requests;
  House house;
  Router router;
  std::map<protocol::ServiceId, std::shared_ptr<Hub>> hubs; ///< null where the service opens later
  std::vector<std::weak_ptr<Conversation>> conversations;
  std::unique_ptr<SocketServer> server;
  engine::Signal sweeping;
  engine::Signal rechecking;
  std::map<std::string, std::size_t> at_address; ///< conversations of each
  bool stopping = false;

  Hub* hub_of(protocol::ServiceId const& service) const;
  /// Somebody can be served: the journals of a cluster may be away in part.
  bool ready() const;
  SocketDoors doors();
  std::optional<HttpResponse> refusal(HttpRequest const& request);
  std::optional<HttpResponse> no_room(HttpRequest const& request);
  std::shared_ptr<void> seat(std::string const& address);
  std::shared_ptr<SocketEvents> opened(std::shared_ptr<Socket> socket, HttpRequest const& request);
  std::vector<std::shared_ptr<Conversation>> present();
  void look_at(Conversation& conversation);
  asio::awaitable<void> sweep();
  asio::awaitable<void> recheck();
};

Hub* Front::Work::hub_of(protocol::ServiceId const& service) const {
  auto const found = hubs.find(service);
  return found == hubs.end() ? nullptr : found->second.get();
}

bool Front::Work::ready() const {
  return std::any_of(hubs.begin(), hubs.end(), [](auto const& entry) {
    return entry.second && entry.second->door().engine.journal_available();
  });
}

// Sessions are looked up later, in the conversation: a browser is told nothing of why a handshake failed,
// and WebSocket++ wants its answer at once.
std::optional<HttpResponse> Front::Work::refusal(HttpRequest const& request) {
  if (stopping) return problem_for_now(503, "stopping", "The server stops. Connect again.", 1);
  auto refused = handshake_refusal(request, options);
  return refused ? std::move(refused) : no_room(request);
}

/// Those who are here come first: while the server is behind with its work, nobody new is let in.
std::optional<HttpResponse> Front::Work::no_room(HttpRequest const& request) {
  auto const address = network_of(address_of(request, options));
  auto const seated = at_address.find(address);
  bool const crowded = address != this_machine && seated != at_address.end() &&
                       seated->second >= options.connections_per_address;
  bool const busy = pressure.lateness() > options.busy_when_late_by;
  if (!crowded && !busy) return std::nullopt;
  figures.turned_away();
  if (busy) return problem_for_now(503, "busy", "The server is busy. Try again in a few seconds.", 5);
  return problem_for_now(429, "crowded", "Too many are connected from your address. Try again later.", 30);
}

/// Counts a conversation of this address for as long as the seat is held.
std::shared_ptr<void> Front::Work::seat(std::string const& address) {
  ++at_address[address];
  return {nullptr, [weak = weak_from_this(), address](void*) {
            auto const self = weak.lock();
            if (self && --self->at_address[address] == 0) self->at_address.erase(address);
          }};
}

std::shared_ptr<SocketEvents> Front::Work::opened(std::shared_ptr<Socket> socket,
                                                  HttpRequest const& request) {
  auto const conversation =
      std::make_shared<Conversation>(house, std::move(socket), cookie(request, session_cookie),
                                     seat(network_of(address_of(request, options))));
  conversations.push_back(conversation);
  return conversation;
}

SocketDoors Front::Work::doors() {
  return {[this](HttpRequest request) { return router.answer(std::move(request)); },
          [this](HttpRequest const& request) { return refusal(request); },
          [this](std::shared_ptr<Socket> socket, HttpRequest const& request) {
            return opened(std::move(socket), request);
          },
          [this](asio::awaitable<void> task) { tasks.spawn(std::move(task)); },
          security_headers(options.tiles_url)};
}

std::vector<std::shared_ptr<Conversation>> Front::Work::present() {
  std::erase_if(conversations, [](auto const& weak) { return weak.expired(); });
  std::vector<std::shared_ptr<Conversation>> present;
  for (auto const& weak : conversations)
    if (auto conversation = weak.lock()) present.push_back(std::move(conversation));
  return present;
}

/// What goes wrong with one conversation ends that one.
void Front::Work::look_at(Conversation& conversation) {
  try {
    conversation.tick(std::chrono::steady_clock::now());
  } catch (std::exception const& failure) {
    log::error("gateway", std::string{"A conversation failed: "} + failure.what());
    conversation.close(protocol::CloseCode::server_restarts, "The server failed: connect again");
  }
}

asio::awaitable<void> Front::Work::sweep() {
  auto const self = shared_from_this();
  while (!stopping) {
    std::size_t waiting = 0;
    for (auto const& conversation : present()) {
      look_at(*conversation);
      waiting += conversation->unsent();
    }
    figures.waiting(waiting);
    for (auto const& [service, hub] : hubs)
      if (hub) hub->tidy();
    co_await sweeping.wait_for(options.sweep);
  }
}

asio::awaitable<void> Front::Work::recheck() {
  auto const self = shared_from_this();
  while (!stopping) {
    co_await rechecking.wait_for(options.recheck);
    engine::TaskGroup some{io.get_executor(), "gateway"};
    std::size_t asked = 0;
    auto const all = present();
    for (auto const& conversation : all) {
      if (stopping) break;
      some.spawn(conversation->recheck());
      if (++asked % rechecked_together == 0) co_await some.join();
    }
    co_await some.join();
  }
}

Front::Front(asio::io_context& io, Options options, accounts::Accounts& accounts, runtime::Metrics& metrics)
    : work_(std::make_shared<Work>(io, std::move(options), accounts, metrics)) {
  auto& work = *work_;
  add_session_doors(work.router, work.house);
  add_service_doors(work.router, work.house);
  add_watch_doors(work.router, work.house, [&work] { return work.ready(); });
  work.server = std::make_unique<SocketServer>(io, work.options, work.doors(), work.figures);
}

Front::~Front() = default;

void Front::expect(protocol::ServiceId const& service) { work_->hubs.try_emplace(service); }

void Front::open(ServiceDoor door) {
  auto const service = door.engine.service().id;
  auto const hub = std::make_shared<Hub>(std::move(door), work_->figures);
  Hub::follow(hub);
  work_->hubs[service] = hub;
}

void Front::serve_console(std::filesystem::path const& folder) {
  auto const files = std::make_shared<StaticFiles const>(folder);
  work_->router.otherwise(
      [files](HttpRequest request) -> asio::awaitable<HttpResponse> { co_return files->answer(request); });
}

void Front::route(std::string const& method, std::string const& path, HttpHandler handler) {
  work_->router.add(method, path, std::move(handler));
}

void Front::route_for_machines(std::string const& method, std::string const& path, accounts::Purpose purpose,
                               MachineHandler handler) {
  route(method, path, for_machines(work_->house, purpose, std::move(handler)));
}

Result<std::uint16_t, std::string> Front::listen() {
  auto port = work_->server->listen();
  if (!port) return port;
  log::info("gateway", "The doors: " + work_->router.doors());
  work_->rounds.spawn(work_->sweep());
  work_->rounds.spawn(work_->recheck());
  work_->rounds.spawn(work_->pressure.watch());
  return port;
}

asio::awaitable<void> Front::stop() {
  auto const work = work_;
  work->stopping = true;
  work->server->close_port();
  for (auto const& conversation : work->present())
    conversation->close(protocol::CloseCode::server_restarts, "The server stops: connect again");
  co_await work->server->drain(work->options.stop_within);
  work->sweeping.raise();
  work->rechecking.raise();
  work->pressure.stop();
  co_await work->rounds.join();
  co_await work->tasks.join();
}

} // namespace vigie::gateway
