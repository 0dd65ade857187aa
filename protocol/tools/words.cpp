#include "protocol/codec/schema.hpp"

#include <cstdlib>
#include <iostream>

int main() {
  std::cout << vigie::protocol::json_schema() << '\n';
  return EXIT_SUCCESS;
}
