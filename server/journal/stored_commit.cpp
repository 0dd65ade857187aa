#include "journal/stored_commit.hpp"

namespace vigie::journal {
namespace {

std::string text(redis::Reply const& reply) {
  auto const* text = reply.as_string();
  return text ? *text : std::string();
}

StoredCommit stored_commit(redis::Reply const& entry) {
  auto const* parts = entry.as_array();
  if (!parts || parts->size() != 2) return {};
  StoredCommit stored{text((*parts)[0]), {}, {}};
  auto const* fields = (*parts)[1].as_array();
  if (!fields || fields->size() != 4) return stored;
  if (text((*fields)[0]) != "commit" || text((*fields)[2]) != "hash") return stored;
  stored.commit = text((*fields)[1]);
  stored.hash = text((*fields)[3]);
  return stored;
}

} // namespace

std::optional<std::vector<StoredCommit>> stored_commits(redis::Reply const& entries) {
  auto const* array = entries.as_array();
  if (!array) return std::nullopt;
  std::vector<StoredCommit> commits;
  commits.reserve(array->size());
  for (auto const& entry : *array) commits.push_back(stored_commit(entry));
  return commits;
}

} // namespace vigie::journal
