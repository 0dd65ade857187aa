#pragma once

#include "redis/script.hpp"

/// Inner part of the room: what Redis does for us in one step.
namespace vigie::journal {

/// Appends commits if they come next, and keeps refusals: 5,000 to 10,000 of the latest, for a day after the
/// last.
/// KEYS: the journal, the latest refusals, those before them, then one vault key for each confidence.
/// ARGV: the version and hash of the commit before; the channel on which commits are told, and the name of
/// who appends; how many commands may not have been refused before, and each; how many commits, and bytes and
/// hash of each; how many refusals, and command and reason of each; how long the vault keeps, in ms, then for
/// each vault key how many fields, and name and value of each. Answers `taken`; or `refused` and a list of
/// commands refused before, with the reasons; or `conflict` / `cut` and the journal's last version. `cut`:
/// commits at its end were taken away, and their numbers cannot be used again.
redis::Script append_script();

/// Writes something, so that Redis says whether it writes.
/// KEYS: the identity.
redis::Script asking_script();

/// Commits as XRANGE gives them; writes something where there are any after a version.
/// KEYS: journal, identity. ARGV: the first to be read, how many at most, that version.
redis::Script reading_script();

/// The time: seconds, and µs of the next one.
/// KEYS: any, by which the cluster is asked at the right place.
redis::Script time_script();

/// Stores a snapshot unless one that is newer, of the same format and still true to the journal, is stored.
/// KEYS: the snapshot, the journal. ARGV: version, format, hash of its last commit, state.
redis::Script snapshot_script();

/// Gives the line of history another name unless it has one already.
/// KEYS: the identity. ARGV: the name known, the new one.
redis::Script rename_script();

} // namespace vigie::journal
