#pragma once

#include "redis/script.hpp"

/// Inner part of the room: what Redis does for us in one step.
namespace vigie::journal {

/// Appends commits if they come next.
/// KEYS: the journal, then one vault key for each confidence.
/// ARGV: the version and hash of the commit before; how many commits; the channel on which they are told,
/// and the name of who appends; bytes and hash of each commit; how long the vault keeps, in ms, then for each
/// vault key how many fields, and name and value of each. Answers `taken`, or `conflict` / `cut` and the
/// journal's last version. `cut`: commits at its end were taken away, and their numbers cannot be used again.
redis::Script append_script();

/// Stores a snapshot unless one that is newer, of the same format and still true to the journal, is stored.
/// KEYS: the snapshot, the journal. ARGV: version, format, hash of its last commit, state.
redis::Script snapshot_script();

/// Gives the line of history another name unless it has one already.
/// KEYS: the identity. ARGV: the name known, the new one.
redis::Script rename_script();

} // namespace vigie::journal
