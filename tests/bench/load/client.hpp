#pragma once

#include "bench/load/poller.hpp"

#include <netinet/in.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::bench {

/// WebSocket's kinds of frames.
enum class Opcode : std::uint8_t { text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

class Client;

/// Who is told what a client hears.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void opened(Client& client) = 0;
  virtual void heard(Client& client, Opcode opcode, std::string_view payload) = 0;
  /// The connection is over: the close code, 1006 where it broke, or the HTTP status that refused it.
  virtual void closed(Client& client, int code) = 0;
};

/// A WebSocket client that costs next to nothing: it masks with zero and copies no frame that comes whole.
class Client : public Watched {
 public:
  Client(Poller& poller, Listener& listener, std::size_t number)
      : poller_(poller), listener_(listener), number_(number) {}
  ~Client() override { drop(); }
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  /// Connects to 127.0.0.1 and asks for a WebSocket; `headers` are further lines, each with its line end.
  /// Throws std::system_error when nobody listens.
  void connect(std::uint16_t port, std::string_view path, std::string_view headers);
  void send(std::string_view payload, Opcode opcode = Opcode::text);
  /// Adds a frame that leaves with the next one that is sent.
  void put(std::string_view payload, Opcode opcode = Opcode::text);
  /// Cuts the connection without a word.
  void drop();

  /// Which one it is, as its maker counts.
  std::size_t number() const { return number_; }
  bool open() const { return open_; }
  /// Whether the system did not take yet what was to be sent.
  bool stuck() const { return !out_.empty(); }

  void ready(std::uint32_t events) override;

 private:
  bool read_more();
  void read_frames();
  bool read_answer();
  bool read_frame();
  void over(int code);
  void flush();

  Poller& poller_;
  Listener& listener_;
  std::size_t number_;
  int descriptor_ = -1;
  bool open_ = false;
  bool wants_to_write_ = false;
  std::vector<char> in_;
  std::size_t begin_ = 0; ///< of what is not read yet in `in_`
  std::size_t end_ = 0;
  std::string out_; ///< what the system did not take yet
};

} // namespace vigie::bench
