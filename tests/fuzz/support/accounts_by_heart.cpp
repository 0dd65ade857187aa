#include "accounts/accounts.hpp"

#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

/// Stands in for the room accounts, without Redis: a session's token is its account, `coordinator` or
/// `team.binome-1`; any account whose password is its name may sign in; a key is its purpose.
namespace vigie::accounts {

namespace {

std::optional<Account> known(std::string const& name) {
  auto const dot = name.find('.');
  auto const role = role_named(name.substr(0, dot));
  bool const handset = role == protocol::Role::team;
  if (!role || handset != (dot != std::string::npos)) return std::nullopt;
  Account account{{name}, *role, {"rennes"}, {}, {}};
  if (handset) account.team = protocol::TeamId{name.substr(dot + 1)};
  return account;
}

protocol::Instant tonight() {
  return std::chrono::floor<protocol::Duration>(std::chrono::system_clock::now());
}

} // namespace

struct Accounts::Work {};

Accounts::Accounts(redis::Client&, Options, std::function<protocol::Instant()>) {}
Accounts::~Accounts() = default;

asio::awaitable<Result<SignedIn, NotSignedIn>>
Accounts::sign_in(protocol::AccountId name, std::string password, std::string, std::string) {
  auto const account = known(name.value);
  if (!account || password != name.value)
    co_return Failure<NotSignedIn>{NotSignedIn{SignInRefusal::wrong_password, {}}};
  co_return SignedIn{name.value, "device", {*account, tonight() + std::chrono::hours{8}}};
}

asio::awaitable<Result<Account, Trouble>> Accounts::find(protocol::AccountId name) {
  auto account = known(name.value);
  if (!account) co_return Failure<Trouble>{Trouble::unknown};
  co_return *std::move(account);
}

/// Takes a turn of the loop, as a look into Redis does: what comes meanwhile finds nobody known.
asio::awaitable<Result<Session, SessionTrouble>> Accounts::session(std::string token) {
  auto const executor = co_await asio::this_coro::executor;
  co_await asio::post(executor, asio::use_awaitable);
  if (token == "unavailable") co_return Failure<SessionTrouble>{SessionTrouble::unavailable};
  auto const account = known(token);
  if (!account) co_return Failure<SessionTrouble>{SessionTrouble::over};
  co_return Session{*account, tonight() + std::chrono::hours{8}};
}

asio::awaitable<Result<Session, SessionTrouble>> Accounts::recheck(std::string token) {
  return session(std::move(token));
}

asio::awaitable<Accounts::Done> Accounts::sign_out(std::string) { co_return Done{}; }

asio::awaitable<Result<std::optional<ApiKey>, Trouble>> Accounts::key(std::string key) {
  if (key == "telephony") co_return std::optional{ApiKey{Purpose::telephony, {"rennes"}, "pbx"}};
  if (key == "metrics") co_return std::optional{ApiKey{Purpose::metrics, {}, "prometheus"}};
  co_return std::optional<ApiKey>{};
}

} // namespace vigie::accounts
