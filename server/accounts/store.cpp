#include "accounts/store.hpp"

#include "runtime/digest.hpp"
#include "runtime/log.hpp"

#include <charconv>

namespace vigie::accounts {
namespace {

using protocol::AccountId;

constexpr auto names_key = "vigie:accounts";
constexpr auto keys_key = "vigie:apikeys";

// Each script answers 1 when it did it, 0 when the account was not as it had to be.
constexpr auto add_text = R"(
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1)";
constexpr auto set_password_text = R"(
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'password', ARGV[1])
redis.call('HINCRBY', KEYS[1], 'generation', 1)
return 1)";
constexpr auto revoke_all_text = R"(
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[1], 'generation', 1)
return 1)";

std::string account_key(AccountId const& name) { return "vigie:account:" + name.value; }
std::string session_key(std::string const& digest) { return "vigie:session:" + digest; }
std::string api_key(std::string const& digest) { return "vigie:apikey:" + digest; }

std::string text_of(std::chrono::milliseconds time) { return std::to_string(time.count()); }

std::optional<std::int64_t> number_of(std::string const& text) {
  std::int64_t number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Another for each account ever made, so that one made anew does not take up its namesake's sessions.
std::string first_generation() {
  constexpr std::size_t end = 4'000'000'000;
  return std::to_string(runtime::random_below(end));
}

/// What Redis said, or unavailable with a line in the log.
Result<redis::Reply, Trouble> answered(Result<redis::Reply, redis::Failed> reply) {
  if (!reply) {
    log::debug("accounts", "Redis gave no answer: " + reply.error().detail);
    return Failure<Trouble>{Trouble::unavailable};
  }
  if (auto const* error = reply->error()) {
    log::error("accounts", "Redis refused: " + *error);
    return Failure<Trouble>{Trouble::unavailable};
  }
  return *std::move(reply);
}

} // namespace

Store::Store(redis::Client& redis)
    : redis_(redis), add_(add_text), set_password_(set_password_text), revoke_all_(revoke_all_text) {}

asio::awaitable<Store::Done> Store::done(redis::Command command) {
  auto said = co_await redis_.run(std::move(command));
  auto const reply = answered(std::move(said));
  if (!reply) co_return Failure<Trouble>{reply.error()};
  co_return Done{};
}

asio::awaitable<Result<Store::Fields, Trouble>> Store::fields(std::string key) {
  redis::Command command{"HGETALL", std::move(key)};
  auto said = co_await redis_.run(std::move(command));
  auto const reply = answered(std::move(said));
  if (!reply) co_return Failure<Trouble>{reply.error()};
  Fields found;
  if (auto const* pairs = reply->as_array())
    for (std::size_t at = 0; at + 1 < pairs->size(); at += 2)
      if (auto const *name = (*pairs)[at].as_string(), *value = (*pairs)[at + 1].as_string(); name && value)
        found[*name] = *value;
  co_return found;
}

asio::awaitable<Store::Done> Store::change(redis::Script script, AccountId name,
                                           std::vector<std::string> arguments) {
  std::vector<std::string> keys{account_key(name)};
  auto said = co_await redis_.eval(script, std::move(keys), std::move(arguments));
  auto const reply = answered(std::move(said));
  if (!reply) co_return Failure<Trouble>{reply.error()};
  if (reply->as_integer() != 1) co_return Failure<Trouble>{Trouble::unknown};
  co_return Done{};
}

asio::awaitable<Store::Done> Store::add(Account account, std::string password_hash) {
  std::vector<std::string> arguments{"role",       std::string{role_name(account.role)},
                                     "service",    account.service.value,
                                     "password",   std::move(password_hash),
                                     "generation", first_generation()};
  if (account.team) arguments.insert(arguments.end(), {"team", account.team->value});
  if (account.language) arguments.insert(arguments.end(), {"language", *account.language});
  // The list of names first: a name that leads to no account does no harm.
  redis::Command listed{"SADD", names_key, account.name.value};
  auto const noted = co_await done(std::move(listed));
  if (!noted) co_return noted;
  auto const added = co_await change(add_, account.name, std::move(arguments));
  if (!added && added.error() == Trouble::unknown) co_return Failure<Trouble>{Trouble::exists};
  co_return added;
}

asio::awaitable<Store::Found<Stored>> Store::account(AccountId name) {
  auto key = account_key(name);
  auto found = co_await fields(std::move(key));
  if (!found) co_return Failure<Trouble>{found.error()};
  auto const role = role_named((*found)["role"]);
  if (!role) co_return std::optional<Stored>{};
  Stored stored{{name, *role, {(*found)["service"]}, {}, {}}, (*found)["password"], (*found)["generation"]};
  if (found->contains("team")) stored.account.team = protocol::TeamId{(*found)["team"]};
  if (found->contains("language")) stored.account.language = (*found)["language"];
  co_return std::optional{std::move(stored)};
}

asio::awaitable<Result<std::vector<std::string>, Trouble>> Store::texts(redis::Command command) {
  auto said = co_await redis_.run(std::move(command));
  auto const reply = answered(std::move(said));
  if (!reply) co_return Failure<Trouble>{reply.error()};
  std::vector<std::string> texts;
  if (auto const* elements = reply->as_array())
    for (auto const& element : *elements)
      if (auto const* text = element.as_string()) texts.push_back(*text);
  co_return texts;
}

asio::awaitable<Store::Done> Store::forget(std::string key, std::string set, std::string member) {
  redis::Command thing{"DEL", std::move(key)};
  auto said = co_await redis_.run(std::move(thing));
  auto const gone = answered(std::move(said));
  if (!gone) co_return Failure<Trouble>{gone.error()};
  redis::Command listed{"SREM", std::move(set), std::move(member)};
  auto const unlisted = co_await done(std::move(listed));
  if (!unlisted || gone->as_integer() == 1) co_return unlisted;
  co_return Failure<Trouble>{Trouble::unknown};
}

asio::awaitable<Result<std::vector<AccountId>, Trouble>> Store::names() {
  redis::Command listed{"SMEMBERS", names_key};
  auto const members = co_await texts(std::move(listed));
  if (!members) co_return Failure<Trouble>{members.error()};
  std::vector<AccountId> names;
  for (auto const& member : *members) names.push_back({member});
  std::sort(names.begin(), names.end());
  co_return names;
}

asio::awaitable<Store::Done> Store::set_password(AccountId name, std::string password_hash) {
  std::vector<std::string> arguments{std::move(password_hash)};
  co_return co_await change(set_password_, std::move(name), std::move(arguments));
}

asio::awaitable<Store::Done> Store::remove(AccountId name) {
  auto key = account_key(name);
  co_return co_await forget(std::move(key), names_key, std::move(name.value));
}

asio::awaitable<Store::Done> Store::revoke_all(AccountId name) {
  std::vector<std::string> arguments;
  co_return co_await change(revoke_all_, std::move(name), std::move(arguments));
}

asio::awaitable<Store::Done> Store::put_session(std::string digest, StoredSession session,
                                                protocol::Duration kept) {
  std::vector<redis::Command> commands{{"HSET", session_key(digest), "account", session.account.value,
                                        "generation", session.generation, "opened_ms",
                                        text_of(session.opened_at.time_since_epoch())},
                                       {"PEXPIRE", session_key(digest), text_of(kept)}};
  auto const replies = co_await redis_.run_all(std::move(commands));
  if (!replies) co_return Failure<Trouble>{Trouble::unavailable};
  for (auto const& reply : *replies)
    if (auto const checked = answered(reply); !checked) co_return Failure<Trouble>{checked.error()};
  co_return Done{};
}

asio::awaitable<Store::Found<StoredSession>> Store::session(std::string digest) {
  auto key = session_key(digest);
  auto found = co_await fields(std::move(key));
  if (!found) co_return Failure<Trouble>{found.error()};
  auto const opened = number_of((*found)["opened_ms"]);
  if (!opened) co_return std::optional<StoredSession>{};
  co_return std::optional<StoredSession>{
      {{(*found)["account"]}, (*found)["generation"], protocol::Instant{std::chrono::milliseconds{*opened}}}};
}

asio::awaitable<Store::Done> Store::keep_session(std::string digest, protocol::Duration kept) {
  redis::Command command{"PEXPIRE", session_key(digest), text_of(kept)};
  co_return co_await done(std::move(command));
}

asio::awaitable<Store::Done> Store::drop_session(std::string digest) {
  redis::Command command{"DEL", session_key(digest)};
  co_return co_await done(std::move(command));
}

asio::awaitable<Store::Done> Store::put_key(std::string digest, ApiKey key) {
  redis::Command listed{"SADD", keys_key, digest};
  auto const noted = co_await done(std::move(listed));
  if (!noted) co_return noted;
  redis::Command command{
      "HSET",    api_key(digest),   "purpose", key.purpose == Purpose::metrics ? "metrics" : "telephony",
      "service", key.service.value, "label",   key.label};
  co_return co_await done(std::move(command));
}

asio::awaitable<Store::Found<ApiKey>> Store::key(std::string digest) {
  auto key = api_key(digest);
  auto found = co_await fields(std::move(key));
  if (!found) co_return Failure<Trouble>{found.error()};
  auto const& purpose = (*found)["purpose"];
  if (purpose != "metrics" && purpose != "telephony") co_return std::optional<ApiKey>{};
  co_return std::optional<ApiKey>{{purpose == "metrics" ? Purpose::metrics : Purpose::telephony,
                                   {(*found)["service"]},
                                   (*found)["label"]}};
}

asio::awaitable<Result<std::set<std::string>, Trouble>> Store::key_digests() {
  redis::Command listed{"SMEMBERS", keys_key};
  auto const digests = co_await texts(std::move(listed));
  if (!digests) co_return Failure<Trouble>{digests.error()};
  auto const prefix = api_key("");
  redis::Command present{"KEYS", prefix + "*"};
  auto const keys = co_await texts(std::move(present));
  if (!keys) co_return Failure<Trouble>{keys.error()};
  std::set<std::string> all{digests->begin(), digests->end()};
  for (auto const& key : *keys) all.insert(key.substr(prefix.size()));
  co_return all;
}

asio::awaitable<Store::Done> Store::remove_key(std::string digest) {
  auto key = api_key(digest);
  co_return co_await forget(std::move(key), keys_key, std::move(digest));
}

} // namespace vigie::accounts
