#include "redis/sender.hpp"

#include <random>

namespace vigie::redis {

std::string new_sender() {
  std::random_device chance;
  return std::to_string(chance()) + "-" + std::to_string(chance());
}

} // namespace vigie::redis
