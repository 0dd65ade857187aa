#include "journal/identity.hpp"

#include "journal/hashes.hpp"
#include "journal/scripts.hpp"
#include "runtime/digest.hpp"

namespace vigie::journal {
namespace {

constexpr std::size_t line_bytes = 16;

std::string new_line() { return runtime::hex(runtime::random_bytes(line_bytes)); }

/// What stands in `INFO replication` behind this name, shortened; empty where Redis tells none.
std::string told_in(redis::Reply const& info, std::string_view name) {
  constexpr std::size_t enough = 16;
  auto const* text = info.as_string();
  auto const at = text ? text->find(name) : std::string::npos;
  return at == std::string::npos ? std::string{} : text->substr(at + name.size(), enough);
}

std::string text_of(redis::Reply const& reply) {
  auto const* text = reply.as_string();
  return text ? *text : std::string{};
}

/// Redis gives itself another name whenever its data may have become another, and knows the one before where
/// it was a replica.
Result<Identity, redis::Failed> identity_in(redis::Reply const& reply, redis::Reply const& info) {
  auto const* fields = reply.as_array();
  bool const whole = fields && fields->size() == 3;
  auto key = whole ? text_of((*fields)[0]) : std::string{};
  auto line = whole ? text_of((*fields)[1]) : std::string{};
  auto const before = told_in(info, "master_replid2:");
  bool const took_over = before.find_first_not_of('0') != std::string::npos;
  if (key.size() == key_size && !line.empty())
    return Identity{std::move(key), std::move(line), told_in(info, "master_replid:"), took_over,
                    text_of((*fields)[2])};
  auto const* error = reply.error();
  return Failure<redis::Failed>({redis::Trouble::refused, error ? *error : "the stored identity is damaged"});
}

} // namespace

asio::awaitable<Result<Identity, redis::Failed>> load_identity(std::shared_ptr<redis::Client> client,
                                                               Keys keys, std::optional<Identity> known) {
  if (!known) known = Identity{runtime::random_bytes(key_size), new_line(), {}, {}, {}};
  std::vector<redis::Command> commands{{"HSETNX", keys.identity, "caller_key", known->caller_hashing_key},
                                       {"HSETNX", keys.identity, "line", known->line},
                                       {"HMGET", keys.identity, "caller_key", "line", "origin"},
                                       {"INFO", "replication"}};
  auto const replies = co_await client->run_all(std::move(commands));
  if (!replies) co_return Failure<redis::Failed>(replies.error());
  co_return identity_in((*replies)[2], (*replies)[3]);
}

asio::awaitable<void> agree_on(std::shared_ptr<redis::Client> client, Keys keys, std::string origin) {
  redis::Command command{"HSET", keys.identity, "origin", std::move(origin)};
  co_await client->run(std::move(command));
}

asio::awaitable<Result<void, redis::Failed>> rename_line(std::shared_ptr<redis::Client> client, Keys keys,
                                                         std::string before) {
  std::vector<std::string> key{keys.identity}, names{std::move(before), new_line()};
  auto const reply = co_await client->eval(rename_script(), std::move(key), std::move(names));
  if (!reply) co_return Failure<redis::Failed>(reply.error());
  if (auto const* error = reply->error()) co_return Failure<redis::Failed>({redis::Trouble::refused, *error});
  co_return Result<void, redis::Failed>{};
}

} // namespace vigie::journal
