#include "runtime/digest.hpp"

#include <sodium.h>

namespace vigie::runtime {

namespace {

unsigned char const* octets(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}

} // namespace

std::string digest(std::string_view bytes, std::string_view key) {
  std::string result(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(result.data()), result.size(), octets(bytes),
                     bytes.size(), octets(key), key.size());
  return result;
}

std::string hex(std::string_view bytes) {
  std::string result(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(result.data(), result.size(), octets(bytes), bytes.size());
  result.pop_back();
  return result;
}

} // namespace vigie::runtime
