#pragma once

#include "bench/load/dialect.hpp"

namespace vigie::bench {

/// Many clients of one server. Those of a part are numbered from 0; over all, handsets come first.
class Crowd : public Listener {
 public:
  using Heard = std::function<void(Client& viewer, std::string_view text)>;

  Crowd(Poller& poller, Dialect& dialect, std::uint16_t port)
      : poller_(poller), dialect_(dialect), port_(port) {}

  /// Connects so many of each, a few at a time, and waits until all are ready. Throws std::runtime_error when
  /// one is refused or nothing more happens for 20 s.
  void gather(std::size_t handsets, std::size_t viewers);
  /// What is called with each text that a viewer is delivered.
  void on_text(Heard heard) { heard_ = std::move(heard); }

  Client& handset(std::size_t number) { return *clients_[number]; }
  Client& viewer(std::size_t number) { return *clients_[handsets_ + number]; }
  std::size_t handsets() const { return handsets_; }
  std::size_t viewers() const { return clients_.size() - handsets_; }
  std::size_t lost() const { return lost_; }

  void opened(Client& client) override;
  void heard(Client& client, Opcode opcode, std::string_view payload) override;
  void closed(Client& client, int code) override;

 private:
  Part part_of(Client const& client) const {
    return client.number() < handsets_ ? Part::handset : Part::viewer;
  }
  void count_ready(Client const& client);

  Poller& poller_;
  Dialect& dialect_;
  std::uint16_t port_;
  Heard heard_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<bool> is_ready_;
  std::size_t handsets_ = 0;
  std::size_t ready_ = 0;
  std::size_t lost_ = 0;
  bool gathered_ = false;
};

} // namespace vigie::bench
