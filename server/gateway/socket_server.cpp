#include "gateway/socket_server.hpp"

#include "gateway/admission.hpp"
#include "gateway/network.hpp"
#include "gateway/socket_visit.hpp"

#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <set>

namespace vigie::gateway {
namespace {

using Tcp = asio::ip::tcp;

// Above the cap so many are let in, to be told with 503 that there is no room; more are cut without a word.
constexpr std::size_t told_so = 64;
constexpr std::chrono::milliseconds breath{100};
// In one turn of the loop: what else happens waits meanwhile, a millisecond or two.
constexpr std::size_t accepted_together = 64;

std::size_t room_for(Options const& options) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  auto const taken = options.descriptors_kept + told_so;
  std::size_t const room = limit.rlim_cur > 2 * taken ? limit.rlim_cur - taken : limit.rlim_cur / 2;
  return options.connections == 0 ? room : std::min(room, options.connections);
}

/// Frames can be counted only once they are whole; what they come in is read so often at most.
accounts::Rate reads(accounts::Rate const& frames) {
  constexpr int reads_a_frame = 8;
  return {frames.burst * reads_a_frame, frames.one_in / reads_a_frame};
}

} // namespace

struct SocketServer::Work : std::enable_shared_from_this<Work> {
  Work(asio::io_context& context, Options const& wanted, SocketDoors handlers, Figures& counted)
      : io(context), options(wanted), doors(std::move(handlers)), figures(counted), acceptor(context),
        last_gone(context), most(room_for(wanted)) {}

  asio::io_context& io;
  Options const& options;
  SocketDoors doors;
  Figures& figures;
  Wire wire;
  Tcp::acceptor acceptor;
  asio::steady_timer last_gone; ///< cancelled whenever the house is empty
  std::size_t most;
  Visit::Place place{io, options, doors, figures, std::make_shared<Departures>(io)};
  std::set<std::shared_ptr<Visit>> visits;
  std::map<std::string, std::size_t> from; ///< how many of them come from a network

  void prepare_wire();
  asio::error_code open_port();
  asio::awaitable<void> accept();
  void accept_those_who_wait();
  void try_to_admit(Tcp::socket socket, Tcp::endpoint const& peer);
  void admit(Tcp::socket socket, Tcp::endpoint const& peer);
  bool crowded(std::string const& network) const;
  void left(Visit& visit);
};

void SocketServer::Work::prepare_wire() {
  wire.init_asio(&io);
  wire.set_user_agent("");
  wire.set_open_handshake_timeout(static_cast<long>(options.open_within.count()));
  wire.set_close_handshake_timeout(static_cast<long>(options.close_within.count()));
  wire.set_max_message_size(options.caps.frame_bytes);
  wire.set_max_http_body_size(options.caps.body_bytes);
}

asio::error_code SocketServer::Work::open_port() {
  asio::error_code failed;
  auto const address = asio::ip::make_address(options.address, failed);
  if (failed) return failed;
  Tcp::endpoint const endpoint{address, options.port};
  acceptor.open(endpoint.protocol(), failed);
  if (!failed) acceptor.set_option(Tcp::acceptor::reuse_address(true), failed);
  // What is accepted has these two from the port.
  if (!failed) acceptor.set_option(Tcp::no_delay(true), failed);
  if (!failed) acceptor.set_option(Tcp::socket::send_buffer_size(options.caps.system_bytes), failed);
  if (!failed) acceptor.bind(endpoint, failed);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
  return failed;
}

asio::awaitable<void> SocketServer::Work::accept() {
  auto const self = shared_from_this();
  asio::steady_timer pause{io};
  while (acceptor.is_open()) {
    Tcp::socket socket{io};
    Tcp::endpoint peer;
    asio::error_code failed;
    auto accepted = asio::redirect_error(asio::use_awaitable, failed);
    co_await acceptor.async_accept(socket, peer, accepted);
    if (!failed) try_to_admit(std::move(socket), peer);
    if (!failed) accept_those_who_wait();
    if (!failed || !acceptor.is_open()) continue;
    // Out of descriptors, most likely: trying again at once would only burn time.
    log::warn("gateway", "No connection can be accepted: " + failed.message());
    pause.expires_after(breath);
    co_await pause.async_wait(accepted);
  }
}

/// Many who come back at once are then heard, looked up and answered together, not one in each turn of the
/// loop. What fails here fails again, and is told, where the next is awaited.
void SocketServer::Work::accept_those_who_wait() {
  for (std::size_t more = 1; more < accepted_together; ++more) {
    Tcp::endpoint peer;
    auto size = static_cast<socklen_t>(peer.capacity());
    // Asio's own would wait, and the loop with it, where somebody has gone again meanwhile.
    int const descriptor = accept4(acceptor.native_handle(), peer.data(), &size, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    peer.resize(size);
    Tcp::socket socket{io};
    asio::error_code failed;
    socket.assign(peer.protocol(), descriptor, failed);
    if (failed) {
      close(descriptor);
      return;
    }
    try_to_admit(std::move(socket), peer);
  }
}

/// What goes wrong with one connection ends that one.
void SocketServer::Work::try_to_admit(Tcp::socket socket, Tcp::endpoint const& peer) {
  try {
    admit(std::move(socket), peer);
  } catch (std::exception const& failure) {
    log::error("gateway", std::string{"A connection could not be let in: "} + failure.what());
  }
}

void SocketServer::Work::admit(Tcp::socket socket, Tcp::endpoint const& peer) {
  if (visits.size() >= most + told_so) return figures.turned_away();
  auto const wired = wire.get_connection();
  if (!wired) return;
  wired->get_raw_socket() = std::move(socket);
  wired->get_socket().read_at(reads(options.caps.frames));
  auto const address = peer.address().to_string();
  auto const network = network_of(address);
  auto const visit = std::make_shared<Visit>(wired, place, address);
  if (visits.size() >= most || crowded(network)) visit->turn_away();
  visits.insert(visit);
  ++from[network];
  figures.connections(visits.size());
  visit->attend([weak = weak_from_this()](Visit& gone) {
    if (auto const self = weak.lock()) self->left(gone);
  });
  wired->start();
}

/// One address may not take every place with requests that it never ends. Behind a proxy all have its
/// address, and the proxy counts.
bool SocketServer::Work::crowded(std::string const& network) const {
  auto const found = from.find(network);
  bool const counted = !options.behind_proxy && network != this_machine;
  return counted && found != from.end() && found->second >= options.connections_per_address;
}

void SocketServer::Work::left(Visit& visit) {
  if (auto const found = from.find(network_of(visit.address())); --found->second == 0) from.erase(found);
  visits.erase(visit.shared_from_this());
  figures.connections(visits.size());
  if (visits.empty()) last_gone.cancel();
}

SocketServer::SocketServer(asio::io_context& io, Options const& options, SocketDoors doors, Figures& figures)
    : work_(std::make_shared<Work>(io, options, std::move(doors), figures)) {
  work_->prepare_wire();
}

SocketServer::~SocketServer() { close_port(); }

Result<std::uint16_t, std::string> SocketServer::listen() {
  if (auto const failed = work_->open_port())
    return Failure<std::string>{"Port " + std::to_string(work_->options.port) + " at " +
                                work_->options.address + " cannot be opened: " + failed.message()};
  asio::co_spawn(work_->io, work_->accept(), [](std::exception_ptr failure) {
    if (!failure) return;
    log::error("gateway", "Connections are no longer accepted: the process ends");
    std::abort();
  });
  return work_->acceptor.local_endpoint().port();
}

void SocketServer::close_port() {
  asio::error_code ignored;
  work_->acceptor.close(ignored);
}

asio::awaitable<void> SocketServer::drain(std::chrono::milliseconds at_most) {
  auto const work = work_;
  if (!work->visits.empty()) {
    asio::error_code ignored;
    work->last_gone.expires_after(at_most);
    auto told = asio::redirect_error(asio::use_awaitable, ignored);
    co_await work->last_gone.async_wait(told);
  }
  auto const left = work->visits;
  for (auto const& visit : left) visit->cut();
}

} // namespace vigie::gateway
