#include "runtime/digest.hpp"

#include <sodium.h>

#include <stdexcept>

namespace vigie::runtime {
namespace {

unsigned char const* octets(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}

unsigned char* octets(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

// libsodium must be told once before it may be used; asking again costs nothing.
void need_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium finds no source of random numbers");
}

} // namespace

std::string digest(std::string_view bytes, std::string_view key, std::size_t size) {
  need_sodium();
  std::string result(size, '\0');
  crypto_generichash(octets(result), size, octets(bytes), bytes.size(), key.empty() ? nullptr : octets(key),
                     key.size());
  return hex(result);
}

std::string hex(std::string_view bytes) {
  std::string digits(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(digits.data(), digits.size(), octets(bytes), bytes.size());
  digits.pop_back();
  return digits;
}

std::string random_bytes(std::size_t count) {
  need_sodium();
  std::string bytes(count, '\0');
  randombytes_buf(octets(bytes), count);
  return bytes;
}

std::size_t random_below(std::size_t end) {
  need_sodium();
  return randombytes_uniform(static_cast<std::uint32_t>(end));
}

} // namespace vigie::runtime
