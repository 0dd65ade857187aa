#pragma once

#include "bench/load/client.hpp"

#include <deque>
#include <functional>

namespace vigie::bench::commands {

/// Who is to be there: in each of so many services so many desks and handsets.
struct Party {
  std::uint16_t port{};
  std::size_t services = 1;
  std::size_t desks = 1;
  std::size_t handsets = 1;
  std::size_t at_once = 1000; ///< connections that are being opened at a time
};

/// The name of a screen's account, which is its session's token too: `s007.desk-2`, `s007.team-12`.
std::string account_of(std::size_t service, bool desk, std::size_t number);

/// The people of many services, each with a line of its own, under the accounts that vigie_bench_ground
/// makes.
class Crowd : public Listener {
 public:
  /// What a screen heard: its number in the crowd and the text.
  using Heard = std::function<void(std::size_t screen, std::string_view text)>;

  /// With `to_be_current` somebody has come when it was given its whole; else with the handshake.
  Crowd(Poller& poller, Party const& party, Heard heard, bool to_be_current = true);

  std::size_t size() const { return party_.services * per_service(); }
  std::size_t service_of(std::size_t screen) const { return screen / per_service(); }
  bool is_desk(std::size_t screen) const { return screen % per_service() < party_.desks; }
  std::size_t desk(std::size_t service, std::size_t number) const { return service * per_service() + number; }
  std::size_t handset(std::size_t service, std::size_t number) const {
    return service * per_service() + party_.desks + number;
  }

  /// Connects everybody, and returns when all have come. Throws std::runtime_error when they do not within
  /// `at_most_ns`, or somebody is lost.
  void come(std::int64_t at_most_ns);
  void say(std::size_t screen, std::string_view text) { clients_[screen].send(text); }
  /// What is said with the next thing.
  void put(std::size_t screen, std::string_view text) { clients_[screen].put(text); }
  /// Whether what a screen said before has not left yet.
  bool stuck(std::size_t screen) const { return clients_[screen].stuck(); }
  /// Cuts every line.
  void cut();
  /// How many were ended by the server, and the code of the last. @{
  std::size_t lost() const { return lost_; }
  int code() const { return code_; }
  /// @}

  void opened(Client& client) override;
  void heard(Client& client, Opcode opcode, std::string_view payload) override;
  void closed(Client& client, int code) override;

 private:
  std::size_t per_service() const { return party_.desks + party_.handsets; }
  void open(Client& client);

  Poller& poller_;
  Party party_;
  Heard heard_;
  bool to_be_current_;
  std::deque<Client> clients_;
  std::vector<char> current_;
  std::size_t begun_ = 0;
  std::size_t arrived_ = 0;
  std::size_t lost_ = 0;
  int code_ = 0;
};

} // namespace vigie::bench::commands
