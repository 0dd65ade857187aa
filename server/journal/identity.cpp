#include "journal/identity.hpp"

#include "journal/hashes.hpp"
#include "runtime/digest.hpp"

namespace vigie::journal {
namespace {

constexpr std::size_t line_bytes = 16;

Result<Identity, redis::Failed> identity_in(redis::Reply const& reply) {
  auto const* fields = reply.as_array();
  auto const* key = fields && fields->size() == 2 ? (*fields)[0].as_string() : nullptr;
  auto const* line = fields && fields->size() == 2 ? (*fields)[1].as_string() : nullptr;
  if (key && line && key->size() == key_size) return Identity{*key, *line};
  auto const* error = reply.error();
  return Failure<redis::Failed>({redis::Trouble::refused, error ? *error : "the stored identity is damaged"});
}

} // namespace

asio::awaitable<Result<Identity, redis::Failed>> load_identity(std::shared_ptr<redis::Client> client,
                                                               Keys keys) {
  std::vector<redis::Command> commands{
      {"HSETNX", keys.identity, "caller_key", runtime::random_bytes(key_size)},
      {"HSETNX", keys.identity, "line", runtime::hex(runtime::random_bytes(line_bytes))},
      {"HMGET", keys.identity, "caller_key", "line"}};
  auto const replies = co_await client->run_all(std::move(commands));
  if (!replies) co_return Failure<redis::Failed>(replies.error());
  co_return identity_in(replies->back());
}

} // namespace vigie::journal
