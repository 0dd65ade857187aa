#include "journal/hashes.hpp"

#include "runtime/digest.hpp"

namespace vigie::journal {

std::string hash(std::string_view bytes) { return runtime::digest(bytes); }

std::string chained(std::string_view hash_before, std::string_view commit) {
  return hash(std::string(hash_before).append(commit));
}

std::string keyed_hash(std::string_view key, std::string_view bytes) {
  return runtime::digest(bytes, key, 16);
}

} // namespace vigie::journal
