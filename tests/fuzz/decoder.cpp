#include "protocol/codec/codec.hpp"
#include "protocol/frames.hpp"

#include <cstdint>
#include <cstdlib>

/// Every word that somebody else wrote, read from the same bytes: what can be read reads back as itself.
namespace {

using namespace vigie::protocol;

template <class Word> void read(std::string_view text, Limits limits) {
  auto const word = decode<Word>(text, limits);
  if (!word) return;
  auto const once = encode(*word);
  auto const again = decode<Word>(once, from_own_store);
  if (!again || encode(*again) != once) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  read<ClientFrame>(text, from_outside);
  read<SignIn>(text, from_outside);
  read<ReportCall>(text, from_outside);
  read<Commit>(text, from_own_store);
  read<Snapshot>(text, from_own_store);
  read<Particulars>(text, from_own_store);
  read<ServerFrame>(text, from_own_store);
  return 0;
}
