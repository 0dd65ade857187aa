#pragma once

#include "accounts/token_bucket.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie::gateway {

/// How much one connection may hold up, and how often it, or its account, may speak.
struct Caps {
  std::size_t frame_bytes = 64 * 1024;     ///< of one frame from a client
  std::size_t body_bytes = 64 * 1024;      ///< of one HTTP request
  std::size_t waiting_bytes = 1024 * 1024; ///< towards a client; a picture does not count
  std::size_t waiting_frames = 2000;       ///< towards a client
  std::size_t behind_bytes = 16 * 1024;    ///< a client with more waiting is sent no picture
  int system_bytes = 256 * 1024;           ///< towards a client, kept by the system beside what waits here
  std::size_t unanswered = 32;             ///< commands
  int faults = 5;                          ///< then the connection is closed
  accounts::Rate commands{40, std::chrono::milliseconds{50}}; ///< of one account
  accounts::Rate fixes{20, std::chrono::milliseconds{200}};   ///< of one account
  accounts::Rate frames{200, std::chrono::milliseconds{10}};
  accounts::Rate session{40, std::chrono::milliseconds{100}}; ///< HTTP requests in one session
  accounts::Rate machine{400, std::chrono::milliseconds{5}};  ///< requests with one API key
};

struct Options {
  std::string address = "127.0.0.1";  ///< to listen at
  std::uint16_t port = 0;             ///< 0: any that is free
  std::string public_origin;          ///< `https://vigie.example`; empty: whatever the browser calls us
  std::vector<std::string> origins;   ///< further origins whose pages may speak to us
  std::string tiles_url;              ///< the map's raster tiles; empty: none
  std::string tiles_attribution;      ///< whose they are
  bool behind_proxy = false;          ///< the client's address is the last of X-Forwarded-For
  bool metrics_on_loopback = false;   ///< /metrics needs no key from this machine
  std::size_t connections = 0;        ///< at most; 0: what the limit of descriptors leaves
  std::size_t descriptors_kept = 128; ///< for Redis, files and the port
  std::size_t connections_per_address = 4'000;        ///< conversations; this machine's own are not counted
  std::size_t screens_per_account = 50;               ///< conversations at once
  std::chrono::milliseconds busy_when_late_by{1'000}; ///< the event loop: then nobody new is let in
  std::chrono::milliseconds hello_within{10'000};
  std::chrono::milliseconds heartbeat{15'000};
  std::chrono::milliseconds recheck{5000};         ///< of the sessions behind open sockets
  std::chrono::milliseconds sweep{250};            ///< how exactly the three above are kept
  std::chrono::milliseconds open_within{10'000};   ///< a request must have come
  std::chrono::milliseconds answer_within{60'000}; ///< an HTTP answer must be on its way, on a slow phone too
  std::chrono::milliseconds close_within{3000};    ///< the client must agree to a close
  std::chrono::milliseconds stop_within{5000};     ///< all must have gone
  Caps caps;
};

} // namespace vigie::gateway
