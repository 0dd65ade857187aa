#include "journal/append_request.hpp"

#include "journal/hashes.hpp"
#include "journal/vault.hpp"
#include "protocol/codec/codec.hpp"

namespace vigie::journal {
namespace {

/// Another version of the program may have written a commit that is put back.
std::string bytes_of(protocol::Commit const& commit, KnownCommits const& known) {
  auto const written = known.commit_at(commit.version);
  if (written.empty()) return protocol::encode(commit);
  auto const same = protocol::decode<protocol::Commit>(written, protocol::from_own_store);
  return same && same->command == commit.command ? std::string(written) : protocol::encode(commit);
}

void add_commits(AppendRequest& request, std::string hash, std::vector<engine::Entry> const& entries,
                 KnownCommits const& known) {
  for (auto const& entry : entries) {
    auto commit = bytes_of(entry.commit, known);
    hash = chained(hash, commit);
    request.arguments.push_back(commit);
    request.arguments.push_back(hash);
    request.hashes.push_back(hash);
    request.commits.push_back(std::move(commit));
  }
}

void add_confidence(AppendRequest& request, Keys const& keys, protocol::Confidence const& confidence) {
  auto const fields = vault_fields(confidence.particulars);
  if (fields.empty()) return;
  request.keys.push_back(keys.vault(confidence.subject));
  request.arguments.push_back(std::to_string(fields.size()));
  for (auto const& field : fields) {
    request.arguments.push_back(field.name);
    request.arguments.push_back(field.value);
  }
}

} // namespace

bool in_order(std::vector<engine::Entry> const& entries) {
  auto expected = entries.empty() ? 1 : entries.front().commit.version;
  if (expected == 0) return false;
  for (auto const& entry : entries)
    if (entry.commit.version != expected++) return false;
  return true;
}

AppendRequest append_request(Keys const& keys, std::string const& sender, std::string hash_before,
                             std::vector<engine::Entry> const& entries, KnownCommits const& known,
                             protocol::Duration keep_for) {
  AppendRequest request{{keys.journal}, {}, {}, {}};
  request.arguments = {std::to_string(entries.front().commit.version - 1), hash_before,
                       std::to_string(entries.size()), keys.news, sender};
  add_commits(request, std::move(hash_before), entries, known);
  request.arguments.push_back(std::to_string(keep_for.count()));
  for (auto const& entry : entries)
    for (auto const& confidence : entry.confidences) add_confidence(request, keys, confidence);
  return request;
}

} // namespace vigie::journal
