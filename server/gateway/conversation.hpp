#pragma once

#include "accounts/accounts.hpp"
#include "engine/pressure.hpp"
#include "engine/task_group.hpp"
#include "gateway/account_shares.hpp"
#include "gateway/hub.hpp"

namespace vigie::gateway {

/// What all conversations of a front share.
struct House {
  Options const& options;
  accounts::Accounts& accounts;
  Figures& figures;
  engine::TaskGroup& tasks;
  engine::Pressure const& pressure; ///< how far behind the server is with its work
  AccountShares& shares;
  accounts::TokenBuckets& requests; ///< over HTTP, of each session
  /// The hub of a service, null where this process does not run it, or not yet.
  std::function<Hub*(protocol::ServiceId const&)> hub;
  /// Whether this process runs the service, now or later.
  std::function<bool(protocol::ServiceId const&)> runs;
  /// Ends the conversations of a session that was signed out here.
  std::function<void(std::string const& token)> signed_out;
};

/// The conversation with one client, as protocol/README.md has it, from hello to farewell.
class Conversation : public SocketEvents, public std::enable_shared_from_this<Conversation> {
 public:
  /// `token` is that of the session's cookie; the seat is kept until the socket is gone.
  Conversation(House& house, std::shared_ptr<Socket> socket, std::string token,
               std::shared_ptr<void> seat = {});

  void text(std::string const& payload) override;
  void binary() override;
  bool control() override;
  void gone() override;

  /// Looks at the clock: hello must come in time, and something must be heard.
  void tick(accounts::Moment now);
  /// Asks whether the session still holds, and says goodbye when it does not.
  asio::awaitable<void> recheck();
  /// Says goodbye if the token is this conversation's.
  void signed_out(std::string const& token);
  void close(protocol::CloseCode code, std::string_view reason);
  /// Bytes that wait for the client.
  std::size_t unsent() const { return outbound_.unsent(); }

 private:
  enum class Phase { hello_awaited, checking, open, over };
  struct Counterpart {
    accounts::Account account;
    Hub& hub;
    Viewer viewer;
    std::unique_ptr<AccountShares::Screen> screen;
  };

  /// Whether one more frame of any kind may come; if not, the connection is closed.
  bool within_rate();
  /// Until when this handset's next position can be done without, as the server is behind with its work.
  accounts::Moment next_fix() const;
  /// Whether it is such a position.
  bool can_be_skipped(std::string_view payload) const;
  void skip();
  void receive(protocol::Hello hello);
  void receive(protocol::Submit submit);
  void receive(protocol::ReportFix report);
  void receive(protocol::AskTeams question);
  void receive(protocol::Ping);

  void give_up();
  bool left_after_standstill(accounts::Moment now);
  asio::awaitable<void> join(protocol::Hello hello);
  /// The account's place for this screen; where it has none, the conversation is closed.
  std::unique_ptr<AccountShares::Screen> place_for(accounts::Account const& account);
  void welcome(accounts::Account account, Hub& hub, protocol::Hello const& hello);
  std::optional<domain::Refusal> refused_early(protocol::Submit const& submit);
  std::optional<domain::Refusal> take_place_from_file(protocol::Command& command) const;
  void answer(protocol::CommandId const& id, std::string_view kind, engine::Answer const& answer);
  void reject(protocol::CommandId const& id, std::string_view kind, domain::Refusal const& refusal);
  void fault(protocol::FaultKind kind, std::string path, std::string problem);

  House& house_;
  Outbound outbound_;
  std::string token_;
  std::shared_ptr<void> seat_;
  Phase phase_ = Phase::hello_awaited;
  std::unique_ptr<Counterpart> counterpart_;
  accounts::Moment began_;
  accounts::Moment looked_; ///< at the clock, the last time
  accounts::Moment next_beat_;
  int silent_beats_ = 0;
  int faults_ = 0;
  std::multiset<protocol::CommandId> unanswered_;
  accounts::TokenBucket frames_;
  accounts::Moment last_fix_{};
};

} // namespace vigie::gateway
