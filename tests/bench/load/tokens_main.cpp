// vigie_bench_tokens
//
// Reads session tokens, one a line, and prints what Vigie stores in place of each.
#include "accounts/tokens.hpp"

#include <iostream>
#include <string>

int main() {
  for (std::string token; std::getline(std::cin, token);)
    std::cout << vigie::accounts::digest_of(token) << '\n';
}
