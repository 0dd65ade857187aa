#pragma once

#include "protocol/entities.hpp"
#include "redis/failed.hpp"
#include "redis/reply.hpp"

/// Inner part of the room: particulars as the fields of a Redis hash.
namespace vigie::journal {

struct VaultField {
  std::string name;
  std::string value;
};

/// The particulars given, field by field.
std::vector<VaultField> vault_fields(protocol::Particulars const& particulars);

/// Reads the answer to HGETALL; none where nothing is kept any more.
std::optional<protocol::Particulars> particulars_in(redis::Reply const& fields);

} // namespace vigie::journal
