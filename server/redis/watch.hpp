#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>

struct redisAsyncContext;

/// Inner part of the room: Asio as the event library of one hiredis context.
namespace vigie::redis {

/// Waits for the socket of one context whenever hiredis asks for it. The socket stays hiredis' own: it is
/// given back, never closed here. Once hiredis has said that the context goes, no wait that ends later
/// touches it.
class Watch : public std::enable_shared_from_this<Watch> {
 public:
  struct Told {
    std::function<void()> gone; ///< the context is about to be freed; it can still be read
    std::function<void()>
        after_read; ///< hiredis has dealt with what came; none of its frames is on the stack
  };

  /// Hooks a watch into a context that has just begun to connect. It keeps itself alive until `gone`.
  static Watch& over(redisAsyncContext& context, asio::any_io_executor const& executor,
                     std::chrono::milliseconds gather, Told told);

  Watch(redisAsyncContext& context, asio::any_io_executor const& executor, std::chrono::milliseconds gather,
        Told told);

  /// What the loop's turn sends first leaves at once, so that Redis has work; what follows, at the turn's
  /// end. What follows within `gather` on what was sent, though, leaves together when that is over. Answers
  /// are heard after the turn.
  void write_first();

 private:
  using Descriptor = asio::posix::stream_descriptor;
  struct Direction {
    Descriptor::wait_type kind;
    void (*handle)(redisAsyncContext*);
    bool wanted = false;
    bool waiting = false;
    bool in_hand = false; ///< hiredis reads or writes just now
  };

  void hook(redisAsyncContext& context);
  void want(Direction& direction);
  bool has_room() const;
  void ready(Direction& direction);
  void forget_room();
  bool handle(Direction& direction);
  void release();

  redisAsyncContext* context_;
  Descriptor descriptor_;
  asio::steady_timer gathered_; ///< until then what is to be sent gathers
  std::chrono::milliseconds gather_;
  Told told_;
  Direction reading_;
  Direction writing_;
  bool first_ = false;          ///< nothing has left in this turn yet
  bool asked_for_room_ = false; ///< since the socket is watched
  std::shared_ptr<Watch> alive_;
};

} // namespace vigie::redis
