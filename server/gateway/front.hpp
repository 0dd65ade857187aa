#pragma once

#include "gateway/doors.hpp"
#include "gateway/options.hpp"

#include <asio/io_context.hpp>

#include <filesystem>

namespace vigie::gateway {

/// The front door of this process: one port for every service that runs in it. All on one thread. Add
/// services, doors and the console, listen, and await stop() before the io_context ends.
class Front {
 public:
  /// What is referred to must outlive the front.
  Front(asio::io_context& io, Options options, accounts::Accounts& accounts, runtime::Metrics& metrics);
  ~Front();

  /// Lets a service's people know that it opens later.
  void expect(protocol::ServiceId const& service);
  /// Lets a service's people in.
  void open(ServiceDoor door);
  /// Serves the built console. Throws std::runtime_error when the folder cannot be read.
  void serve_console(std::filesystem::path const& folder);
  /// Adds an HTTP door that looks after its own admission.
  void route(std::string const& method, std::string const& path, HttpHandler handler);
  /// Adds an HTTP door that opens with an API key of this purpose.
  void route_for_machines(std::string const& method, std::string const& path, accounts::Purpose purpose,
                          MachineHandler handler);

  /// Opens the port and tells which it is, or why it cannot be opened.
  Result<std::uint16_t, std::string> listen();
  /// Lets nobody in any more, tells every screen to connect again (elsewhere, or later), and waits until all
  /// have gone, at most Options::stop_within.
  asio::awaitable<void> stop();

 private:
  struct Work;
  std::shared_ptr<Work> work_;
};

} // namespace vigie::gateway
