#include "journal/identity.hpp"

#include "journal/hashes.hpp"
#include "journal/scripts.hpp"
#include "runtime/digest.hpp"

namespace vigie::journal {
namespace {

constexpr std::size_t line_bytes = 16;

std::string new_line() { return runtime::hex(runtime::random_bytes(line_bytes)); }

/// Redis gives itself another name whenever its data may have become another; empty where it tells none.
std::string origin_in(redis::Reply const& info) {
  constexpr std::string_view before = "master_replid:";
  constexpr std::size_t enough = 16;
  auto const* text = info.as_string();
  auto const at = text ? text->find(before) : std::string::npos;
  return at == std::string::npos ? std::string{} : text->substr(at + before.size(), enough);
}

Result<Identity, redis::Failed> identity_in(redis::Reply const& reply, redis::Reply const& info) {
  auto const* fields = reply.as_array();
  auto const* key = fields && fields->size() == 2 ? (*fields)[0].as_string() : nullptr;
  auto const* line = fields && fields->size() == 2 ? (*fields)[1].as_string() : nullptr;
  if (key && line && key->size() == key_size) return Identity{*key, *line, origin_in(info)};
  auto const* error = reply.error();
  return Failure<redis::Failed>({redis::Trouble::refused, error ? *error : "the stored identity is damaged"});
}

} // namespace

asio::awaitable<Result<Identity, redis::Failed>> load_identity(std::shared_ptr<redis::Client> client,
                                                               Keys keys, std::optional<Identity> known) {
  if (!known) known = Identity{runtime::random_bytes(key_size), new_line(), {}};
  std::vector<redis::Command> commands{{"HSETNX", keys.identity, "caller_key", known->caller_hashing_key},
                                       {"HSETNX", keys.identity, "line", known->line},
                                       {"HMGET", keys.identity, "caller_key", "line"},
                                       {"INFO", "replication"}};
  auto const replies = co_await client->run_all(std::move(commands));
  if (!replies) co_return Failure<redis::Failed>(replies.error());
  co_return identity_in((*replies)[2], (*replies)[3]);
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
