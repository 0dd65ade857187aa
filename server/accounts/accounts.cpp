#include "accounts/accounts.hpp"

#include "accounts/devices.hpp"
#include "accounts/session_cache.hpp"
#include "accounts/store.hpp"
#include "accounts/tokens.hpp"
#include "protocol/codec/checks.hpp"

#include <algorithm>
#include <tuple>

namespace vigie::accounts {
namespace {

using protocol::AccountId;
using protocol::Instant;

// Using a session need not be written each time: Redis is told in steps of this part of the idle time.
constexpr int keep_steps = 24;

bool good_account(Account const& account) {
  bool const handset = account.role == protocol::Role::team;
  return !role_name(account.role).empty() && protocol::is_identifier(account.name.value) &&
         handset == account.team.has_value();
}

Failure<NotSignedIn> refused(SignInRefusal reason, std::chrono::milliseconds retry_after = {}) {
  return Failure<NotSignedIn>{NotSignedIn{reason, retry_after}};
}

Outcome outcome_of(std::optional<bool> const& right) {
  if (!right) return Outcome::unchecked;
  return *right ? Outcome::right : Outcome::wrong;
}

} // namespace

struct Accounts::Work {
  Work(redis::Client& redis, Options wanted, std::function<Instant()> clock)
      : store(redis), options(wanted), now(std::move(clock)), passwords(wanted.effort, wanted.seats),
        attempts(wanted.attempts) {}

  Store store;
  Options options;
  std::function<Instant()> now;
  Passwords passwords;
  Attempts attempts;
  SessionCache cache;

  /// How long a session may be kept from `now` on.
  protocol::Duration kept(Instant expires_at, Instant moment) const {
    return std::max(protocol::Duration{1}, std::min(options.idle, expires_at - moment));
  }

  asio::awaitable<Result<SignedIn, NotSignedIn>> open_session(Stored stored, std::string device);
  /// A clock that was set back makes nothing fresh.
  bool fresh(SessionCache::Seen const& seen) const {
    auto const age = now() - seen.checked_at;
    return age >= protocol::Duration::zero() && age < options.recheck;
  }
  static asio::awaitable<Result<Session, SessionTrouble>> look(std::shared_ptr<Work> work, std::string token,
                                                               bool may_be_fresh);
  /// What need not be asked; none where Redis is to say.
  std::optional<Result<Session, SessionTrouble>> known(std::string const& digest, bool may_be_fresh);
  asio::awaitable<Result<Session, SessionTrouble>> recheck(std::string digest);
  asio::awaitable<Result<std::optional<Session>, Trouble>> read_session(std::string digest);
  /// Whether Redis is to be told that the session is in use.
  bool use_is_news(std::string const& digest);
  asio::awaitable<void> note_use(std::string digest);
};

asio::awaitable<Result<SignedIn, NotSignedIn>> Accounts::Work::open_session(Stored stored,
                                                                            std::string device) {
  auto const opened_at = now();
  if (device.empty()) device = new_device(stored);
  SignedIn signed_in{new_token(), std::move(device), {stored.account, opened_at + options.absolute}};
  auto const digest = digest_of(signed_in.token);
  StoredSession session{stored.account.name, stored.generation, opened_at};
  auto const kept_for = kept(signed_in.session.expires_at, opened_at);
  auto const kept_there = co_await store.put_session(digest, std::move(session), kept_for);
  if (!kept_there) co_return refused(SignInRefusal::unavailable, std::chrono::seconds{5});
  cache.put(digest, {signed_in.session, opened_at, opened_at});
  co_return signed_in;
}

asio::awaitable<Result<std::optional<Session>, Trouble>> Accounts::Work::read_session(std::string digest) {
  auto const session = co_await store.session(digest);
  if (!session) co_return Failure<Trouble>{session.error()};
  if (!*session) co_return std::optional<Session>{};
  auto name = (*session)->account;
  auto const account = co_await store.account(std::move(name));
  if (!account) co_return Failure<Trouble>{account.error()};
  auto const expires_at = (*session)->opened_at + options.absolute;
  bool const holds = *account && (*account)->generation == (*session)->generation && now() < expires_at;
  if (!holds) co_return std::optional<Session>{};
  co_return std::optional<Session>{{(*account)->account, expires_at}};
}

std::optional<Result<Session, SessionTrouble>> Accounts::Work::known(std::string const& digest,
                                                                     bool may_be_fresh) {
  auto const* seen = cache.find(digest);
  if (seen && now() >= seen->session.expires_at) {
    cache.drop(digest);
    return Failure<SessionTrouble>{SessionTrouble::over};
  }
  if (may_be_fresh && seen && fresh(*seen)) return seen->session;
  return std::nullopt;
}

asio::awaitable<Result<Session, SessionTrouble>> Accounts::Work::look(std::shared_ptr<Work> work,
                                                                      std::string token, bool may_be_fresh) {
  if (token.empty()) co_return Failure<SessionTrouble>{SessionTrouble::over};
  auto const digest = digest_of(token);
  auto session = work->known(digest, may_be_fresh);
  if (!session) session = co_await work->recheck(digest);
  if (*session && work->use_is_news(digest)) co_await work->note_use(digest);
  co_return *std::move(session);
}

asio::awaitable<Result<Session, SessionTrouble>> Accounts::Work::recheck(std::string digest) {
  auto const drops = cache.drops();
  auto const session = co_await read_session(digest);
  auto* seen = cache.find(digest);
  if (!session) {
    if (seen && now() < seen->session.expires_at) co_return seen->session;
    co_return Failure<SessionTrouble>{SessionTrouble::unavailable};
  }
  if (!*session) {
    cache.drop(digest);
    co_return Failure<SessionTrouble>{SessionTrouble::over};
  }
  if (cache.drops() != drops) co_return **session; // perhaps it was taken away meanwhile: not remembered
  SessionCache::Seen confirmed{**session, now(), seen ? seen->kept_at : Instant{}};
  if (seen)
    *seen = std::move(confirmed);
  else
    cache.put(digest, std::move(confirmed));
  co_return **session;
}

bool Accounts::Work::use_is_news(std::string const& digest) {
  auto const* seen = cache.find(digest);
  return seen && now() - seen->kept_at >= options.idle / keep_steps;
}

asio::awaitable<void> Accounts::Work::note_use(std::string digest) {
  auto& seen = *cache.find(digest);
  seen.kept_at = now();
  auto const kept_for = kept(seen.session.expires_at, now());
  co_await store.keep_session(std::move(digest), kept_for);
}

Accounts::Accounts(redis::Client& redis, Options options, std::function<Instant()> now)
    : work_(std::make_shared<Work>(redis, options, std::move(now))) {}

Accounts::~Accounts() = default;

asio::awaitable<Result<SignedIn, NotSignedIn>> Accounts::sign_in(AccountId name, std::string password,
                                                                 std::string address, std::string device) {
  auto const work = work_;
  auto stored = co_await work->store.account(name);
  if (!stored) co_return refused(SignInRefusal::unavailable, std::chrono::seconds{5});
  if (!*stored || !is_known_device(**stored, device)) device.clear();
  Attempt const attempt{name, std::move(address), std::move(device)};
  if (auto const wait = work->attempts.refused(attempt, std::chrono::steady_clock::now()))
    co_return refused(SignInRefusal::too_often, *wait);
  std::string hash = *stored ? (*stored)->password : std::string{};
  Asker asker{name.value, !attempt.device.empty()};
  auto const right = co_await work->passwords.fits(std::move(hash), std::move(password), std::move(asker));
  work->attempts.settle(attempt, outcome_of(right), std::chrono::steady_clock::now());
  if (!right) co_return refused(SignInRefusal::overloaded, std::chrono::seconds{5});
  if (!*right) co_return refused(SignInRefusal::wrong_password);
  Stored entered = **std::move(stored);
  auto known = attempt.device;
  co_return co_await work->open_session(std::move(entered), std::move(known));
}

asio::awaitable<Result<Session, SessionTrouble>> Accounts::session(std::string token) {
  return Work::look(work_, std::move(token), true);
}

asio::awaitable<Result<Session, SessionTrouble>> Accounts::recheck(std::string token) {
  return Work::look(work_, std::move(token), false);
}

// What is taken away is dropped at once, and once more when Redis has answered: it may have been read in
// between.

asio::awaitable<Accounts::Done> Accounts::sign_out(std::string token) {
  auto const work = work_;
  auto const digest = digest_of(token);
  work->cache.drop(digest);
  auto const done = co_await work->store.drop_session(digest);
  work->cache.drop(digest);
  co_return done;
}

asio::awaitable<Accounts::Done> Accounts::revoke_all(AccountId name) {
  auto const work = work_;
  work->cache.drop_account(name);
  auto const done = co_await work->store.revoke_all(name);
  work->cache.drop_account(name);
  co_return done;
}

asio::awaitable<Accounts::Done> Accounts::add(Account account, std::string password) {
  auto const work = work_;
  if (!good_account(account)) co_return Failure<Trouble>{Trouble::bad_account};
  if (password.size() < Passwords::shortest) co_return Failure<Trouble>{Trouble::weak_password};
  Asker asker{account.name.value, true};
  auto hash = co_await work->passwords.hash(std::move(password), std::move(asker));
  if (!hash) co_return Failure<Trouble>{Trouble::overloaded};
  auto stored = *std::move(hash);
  co_return co_await work->store.add(std::move(account), std::move(stored));
}

asio::awaitable<Result<std::vector<Account>, Trouble>> Accounts::list() {
  auto const work = work_;
  auto const names = co_await work->store.names();
  if (!names) co_return Failure<Trouble>{names.error()};
  std::vector<Account> accounts;
  for (auto const& name : *names) {
    auto const stored = co_await work->store.account(name);
    if (!stored) co_return Failure<Trouble>{stored.error()};
    if (*stored) accounts.push_back((*stored)->account);
  }
  co_return accounts;
}

asio::awaitable<Result<Account, Trouble>> Accounts::find(AccountId name) {
  auto const work = work_;
  auto const stored = co_await work->store.account(std::move(name));
  if (!stored) co_return Failure<Trouble>{stored.error()};
  if (!*stored) co_return Failure<Trouble>{Trouble::unknown};
  co_return (*stored)->account;
}

asio::awaitable<Accounts::Done> Accounts::set_password(AccountId name, std::string password) {
  auto const work = work_;
  if (password.size() < Passwords::shortest) co_return Failure<Trouble>{Trouble::weak_password};
  Asker asker{name.value, true};
  auto hash = co_await work->passwords.hash(std::move(password), std::move(asker));
  if (!hash) co_return Failure<Trouble>{Trouble::overloaded};
  work->cache.drop_account(name);
  auto stored = *std::move(hash);
  auto const done = co_await work->store.set_password(name, std::move(stored));
  work->cache.drop_account(name);
  co_return done;
}

asio::awaitable<Accounts::Done> Accounts::remove(AccountId name) {
  auto const work = work_;
  work->cache.drop_account(name);
  auto const done = co_await work->store.remove(name);
  work->cache.drop_account(name);
  co_return done;
}

asio::awaitable<Result<std::vector<Sample>, Trouble>>
Accounts::make_samples(protocol::ServiceId service, std::vector<protocol::TeamId> teams) {
  auto const present = co_await list();
  if (!present) co_return Failure<Trouble>{present.error()};
  for (auto const& account : *present)
    if (account.service == service) co_return std::vector<Sample>{};

  using protocol::Role;
  auto const named = [&](std::string const& name) { return AccountId{service.value + "." + name}; };
  std::vector<Sample> samples{
      {{named("operateur"), Role::hotline_operator, service, {}, {}}, new_readable_password()},
      {{named("regulateur"), Role::dispatcher, service, {}, {}}, new_readable_password()},
      {{named("encadrant"), Role::coordinator, service, {}, {}}, new_readable_password()}};
  for (auto const& team : teams)
    samples.push_back({{named(team.value), Role::team, service, team, {}}, new_readable_password()});
  for (auto const& sample : samples)
    if (!good_account(sample.account)) co_return Failure<Trouble>{Trouble::bad_account};
  for (auto const& [account, password] : samples) {
    auto const added = co_await add(account, password);
    if (!added) co_return Failure<Trouble>{added.error()};
  }
  co_return samples;
}

asio::awaitable<Result<std::string, Trouble>> Accounts::make_key(ApiKey key) {
  auto const work = work_;
  auto token = "vk_" + new_token();
  auto digest = digest_of(token);
  auto const kept = co_await work->store.put_key(std::move(digest), std::move(key));
  if (!kept) co_return Failure<Trouble>{kept.error()};
  co_return token;
}

asio::awaitable<Result<std::optional<ApiKey>, Trouble>> Accounts::key(std::string key) {
  auto const work = work_;
  auto digest = digest_of(key);
  co_return co_await work->store.key(std::move(digest));
}

asio::awaitable<Result<std::vector<KnownKey>, Trouble>> Accounts::keys() {
  auto const work = work_;
  auto const digests = co_await work->store.key_digests();
  if (!digests) co_return Failure<Trouble>{digests.error()};
  std::vector<KnownKey> keys;
  for (auto const& digest : *digests) {
    auto const key = co_await work->store.key(digest);
    if (!key) co_return Failure<Trouble>{key.error()};
    if (*key) keys.push_back({digest, **key});
  }
  std::ranges::sort(keys, {}, [](KnownKey const& known) {
    return std::tie(known.key.purpose, known.key.service, known.key.label, known.digest);
  });
  co_return keys;
}

asio::awaitable<Accounts::Done> Accounts::remove_key(std::string digest) {
  auto const work = work_;
  co_return co_await work->store.remove_key(std::move(digest));
}

} // namespace vigie::accounts
