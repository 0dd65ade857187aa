#pragma once

#include "gateway/conversation.hpp"
#include "runtime/metrics.hpp"
#include "support/hand_clock.hpp"
#include "support/memory_journal.hpp"

#include <asio/io_context.hpp>

/// One service behind the gateway's rooms, without a port, Redis or chance: the journal is in memory, the
/// clock moved by hand, and everything happens in turn.
namespace vigie::fuzz {

class House {
 public:
  House();
  ~House();

  /// Lets everything happen that can happen now.
  void settle();
  /// Runs to its end what waits for no clock; aborts where it does not end.
  void finish(asio::awaitable<void> task);
  /// Moves the clock on, and lets the engine see it.
  void pass(std::chrono::milliseconds time);

  asio::io_context io{1};
  std::shared_ptr<testing::HandClock> clock = std::make_shared<testing::HandClock>();
  std::shared_ptr<testing::MemoryStore> store = std::make_shared<testing::MemoryStore>();
  std::shared_ptr<testing::MemoryJournal> journal;
  engine::Engine engine;
  engine::LivePicture picture;
  gateway::Options options;
  std::unique_ptr<accounts::Accounts> accounts;
  runtime::Metrics& metrics;
  gateway::Figures figures;
  engine::TaskGroup tasks;
  std::shared_ptr<gateway::Hub> hub;
  engine::Pressure pressure; ///< never measured: this server is never behind
  gateway::AccountShares shares;
  accounts::TokenBuckets requests;
  gateway::House gateway;
};

} // namespace vigie::fuzz
