#pragma once

#include "accounts/account.hpp"
#include "accounts/attempts.hpp"
#include "accounts/passwords.hpp"
#include "protocol/result.hpp"

#include <functional>
#include <vector>

namespace vigie::redis {
class Client;
}

namespace vigie::accounts {

struct Options {
  Effort effort;
  std::chrono::milliseconds idle{std::chrono::hours{12}};     ///< a session not used for this long is over
  std::chrono::milliseconds absolute{std::chrono::hours{16}}; ///< and in any case this long after signing in
  std::chrono::milliseconds recheck{5000};                    ///< how late a revocation may be noticed
  AttemptRates attempts{};
  Seats seats{};
};

/// A session that holds.
struct Session {
  Account account;
  protocol::Instant expires_at; ///< at the latest
};

struct SignedIn {
  std::string token;  ///< for the cookie; stored nowhere
  std::string device; ///< by which this browser is known from now on; stored nowhere
  Session session;
};

enum class SignInRefusal { wrong_password, too_often, overloaded, unavailable };
struct NotSignedIn {
  SignInRefusal reason{};
  std::chrono::milliseconds retry_after{}; ///< when it may be tried again, for all but wrong_password
};

enum class SessionTrouble { over, unavailable };

/// A sample account with the password that was made for it.
struct Sample {
  Account account;
  std::string password;
};

/// Who may come in. All on one thread; password work goes to threads of its own.
class Accounts {
 public:
  using Done = Result<void, Trouble>;

  /// `now` is the wall clock that sessions are measured by.
  Accounts(redis::Client& redis, Options options, std::function<protocol::Instant()> now);
  ~Accounts();

  /// Checks a password and opens a session. An unknown account takes as long as a wrong password. `address`
  /// is where the attempt comes from; `device` what an earlier sign-in gave this browser, if there was one.
  asio::awaitable<Result<SignedIn, NotSignedIn>> sign_in(protocol::AccountId name, std::string password,
                                                         std::string address, std::string device = {});

  /// The session of a token. Within Options::recheck this is answered from memory; and while Redis is away,
  /// what was known before holds.
  asio::awaitable<Result<Session, SessionTrouble>> session(std::string token);
  /// The same, never from memory while Redis answers.
  asio::awaitable<Result<Session, SessionTrouble>> recheck(std::string token);
  asio::awaitable<Done> sign_out(std::string token);
  /// Ends every session of an account, in every process.
  asio::awaitable<Done> revoke_all(protocol::AccountId name);

  asio::awaitable<Done> add(Account account, std::string password);
  asio::awaitable<Result<std::vector<Account>, Trouble>> list();
  /// The account of that name; Trouble::unknown where there is none.
  asio::awaitable<Result<Account, Trouble>> find(protocol::AccountId name);
  /// Also ends the account's sessions.
  asio::awaitable<Done> set_password(protocol::AccountId name, std::string password);
  /// Trouble::unknown where there is none.
  asio::awaitable<Done> remove(protocol::AccountId name);
  /// Where the service has no account yet: one for each role and one for each of its teams, with passwords
  /// that can be read out. Otherwise none. Trouble::bad_account, and none made, where a name gets too long.
  asio::awaitable<Result<std::vector<Sample>, Trouble>> make_samples(protocol::ServiceId service,
                                                                     std::vector<protocol::TeamId> teams);

  /// Makes an API key for machines; only its hash is stored.
  asio::awaitable<Result<std::string, Trouble>> make_key(ApiKey key);
  /// What a key opens; none for an unknown one.
  asio::awaitable<Result<std::optional<ApiKey>, Trouble>> key(std::string key);
  /// Every key there is, by purpose, service and label.
  asio::awaitable<Result<std::vector<KnownKey>, Trouble>> keys();
  /// From now on the key with this digest opens nothing; Trouble::unknown where there is none.
  asio::awaitable<Done> remove_key(std::string digest);

 private:
  struct Work;
  std::shared_ptr<Work> work_;
};

} // namespace vigie::accounts
