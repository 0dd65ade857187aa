#include "accounts/store.hpp"

#include "runtime/digest.hpp"
#include "runtime/log.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace vigie::accounts {
namespace {

using protocol::AccountId;

/// What there is of an account, a session and a key; the team and the language of some accounts only. @{
constexpr std::array account_fields{"role", "service", "password", "generation", "team", "language"};
constexpr std::array session_fields{"account", "generation", "opened_ms"};
constexpr std::array key_fields{"purpose", "service", "label"};
/// @}

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

/// Takes a field's text, empty where it is missing.
std::string text_in(std::optional<std::string>& field) { return std::move(field).value_or(""); }

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

template <std::size_t Count> using Names = std::array<char const*, Count>;
template <std::size_t Count> using Fields = std::array<std::optional<std::string>, Count>;

/// Asks what a hash holds under these names.
template <std::size_t Count> redis::Command asking(std::string key, Names<Count> const& names) {
  redis::Command command{"HMGET", std::move(key)};
  command.insert(command.end(), names.begin(), names.end());
  return command;
}

/// What was told, in the order of the names.
template <std::size_t Count>
Result<Fields<Count>, Trouble> told(Names<Count> const&, Result<redis::Reply, redis::Failed> said) {
  auto const reply = answered(std::move(said));
  if (!reply) return Failure<Trouble>{reply.error()};
  Fields<Count> found;
  auto const* values = reply->as_array();
  for (std::size_t at = 0; values && at < std::min(Count, values->size()); ++at)
    if (auto const* text = (*values)[at].as_string()) found[at] = *text;
  return found;
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
  auto command = asking(account_key(name), account_fields);
  auto said = co_await redis_.run(std::move(command));
  auto found = told(account_fields, std::move(said));
  if (!found) co_return Failure<Trouble>{found.error()};
  auto& [role_there, service, password, generation, team, language] = *found;
  auto const role = role_named(text_in(role_there));
  if (!role) co_return std::optional<Stored>{};
  Stored stored{{std::move(name), *role, {text_in(service)}, {}, std::move(language)},
                text_in(password),
                text_in(generation)};
  if (team) stored.account.team = protocol::TeamId{*std::move(team)};
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
  auto command = asking(session_key(digest), session_fields);
  auto said = co_await redis_.run(std::move(command));
  auto found = told(session_fields, std::move(said));
  if (!found) co_return Failure<Trouble>{found.error()};
  auto& [account, generation, opened_ms] = *found;
  auto const opened = number_of(text_in(opened_ms));
  if (!opened) co_return std::optional<StoredSession>{};
  co_return std::optional<StoredSession>{
      {{text_in(account)}, text_in(generation), protocol::Instant{std::chrono::milliseconds{*opened}}}};
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
  auto command = asking(api_key(digest), key_fields);
  auto said = co_await redis_.run(std::move(command));
  auto found = told(key_fields, std::move(said));
  if (!found) co_return Failure<Trouble>{found.error()};
  auto& [purpose, service, label] = *found;
  if (purpose != "metrics" && purpose != "telephony") co_return std::optional<ApiKey>{};
  co_return std::optional<ApiKey>{
      {purpose == "metrics" ? Purpose::metrics : Purpose::telephony, {text_in(service)}, text_in(label)}};
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
