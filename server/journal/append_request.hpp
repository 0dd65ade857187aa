#pragma once

#include "engine/ports.hpp"
#include "journal/chain.hpp"
#include "journal/keys.hpp"

/// Inner part of the room: what the append script is given.
namespace vigie::journal {

struct AppendRequest {
  std::vector<std::string> keys;
  std::vector<std::string> arguments;
  std::vector<std::string> hashes;  ///< of the entries, in order
  std::vector<std::string> commits; ///< as they are written, in order
};

/// Whether its entries have the versions that follow, without a gap.
bool in_order(engine::Decisions const& decisions);

/// The commands that nobody may have refused before.
std::vector<protocol::CommandId> answered_by(engine::Decisions const& decisions);

/// To settle these decisions, whose entries are in order, as `sender`, unless one of the commands `asked` was
/// refused before. Entries known already are written as they were, byte for byte.
AppendRequest append_request(Keys const& keys, std::string const& sender, std::string hash_before,
                             engine::Decisions const& decisions,
                             std::vector<protocol::CommandId> const& asked, KnownCommits const& known,
                             protocol::Duration keep_for);

} // namespace vigie::journal
