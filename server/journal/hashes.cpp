#include "journal/hashes.hpp"

#include <sodium.h>

#include <stdexcept>

namespace vigie::journal {
namespace {

unsigned char const* bytes_of(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

std::string digits_of(std::string_view bytes) {
  std::string digits(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(digits.data(), digits.size(), bytes_of(bytes), bytes.size());
  digits.pop_back();
  return digits;
}

std::string blake2b(std::size_t size, std::string_view bytes, std::string_view key = {}) {
  std::string digest(size, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), size, bytes_of(bytes), bytes.size(),
                     key.empty() ? nullptr : bytes_of(key), key.size());
  return digits_of(digest);
}

} // namespace

std::string hash(std::string_view bytes) { return blake2b(32, bytes); }

std::string chained(std::string_view hash_before, std::string_view commit) {
  return hash(std::string(hash_before).append(commit));
}

std::string keyed_hash(std::string_view key, std::string_view bytes) { return blake2b(16, bytes, key); }

std::string random_bytes(std::size_t count) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium finds no source of random numbers");
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), count);
  return bytes;
}

std::string random_digits(std::size_t count) {
  auto digits = digits_of(random_bytes((count + 1) / 2));
  digits.resize(count);
  return digits;
}

} // namespace vigie::journal
