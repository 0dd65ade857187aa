#pragma once

#include "bench/load/client.hpp"

#include <functional>
#include <memory>

namespace vigie::bench {

/// Who connects: one that sends positions, or one that sees them.
enum class Part { handset, viewer };

/// How one kind of server is spoken to over a WebSocket. The same texts go in and come out of each.
class Dialect {
 public:
  using Sink = std::function<void(std::string_view text)>;

  virtual ~Dialect() = default;
  virtual std::string path(Part) const { return "/"; }
  virtual std::string headers(std::size_t) const { return {}; }
  /// What is said at once when the connection is open.
  virtual void greet(Client&, Part) {}
  /// Hears a frame: passes on each text that was delivered, and tells whether the client is now known to be
  /// ready (it may tell so again and again).
  virtual bool hear(Client& client, Part part, std::string_view payload, Sink const& sink) = 0;
  /// Sends a position. `fix` is the JSON of a fix, `team` whose it is.
  virtual void publish(Client& client, std::string_view team, std::string_view fix) = 0;
  /// Sends a text to all viewers.
  virtual void tell_all(Client& client, std::string_view text) = 0;
  /// Whether a client is ready as soon as its connection is open.
  virtual bool ready_at_once() const { return false; }
};

/// `vigie`, `ws`, `socket.io`, `mosquitto` or `nats`; `tokens` are the sessions for Vigie, by client number.
/// Throws std::invalid_argument for another name.
std::unique_ptr<Dialect> dialect_named(std::string_view name, std::vector<std::string> tokens);

/// A position as Vigie's pictures and everybody else's messages hold it.
std::string position_text(std::string_view team, std::string_view fix);

} // namespace vigie::bench
