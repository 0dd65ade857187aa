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

/// The versions of these entries follow one another, from 1 or later.
bool in_order(std::vector<engine::Entry> const& entries);

/// To append these entries, in order and at least one, after the last one before, as `sender`. Those known
/// already are written as they were, byte for byte.
AppendRequest append_request(Keys const& keys, std::string const& sender, std::string hash_before,
                             std::vector<engine::Entry> const& entries, KnownCommits const& known,
                             protocol::Duration keep_for);

} // namespace vigie::journal
