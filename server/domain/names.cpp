#include "protocol/codec/names.hpp"

#include "domain/decide.hpp"

namespace vigie::domain {

namespace {

template <class Variant> std::string_view tag_of(Variant const& word) {
  return std::visit(
      [](auto const& alternative) -> std::string_view {
        return protocol::naming::tag<std::remove_cvref_t<decltype(alternative)>>;
      },
      word);
}

} // namespace

std::string_view name_of(protocol::Command const& command) { return tag_of(command); }
std::string_view name_of(protocol::Event const& event) { return tag_of(event); }

} // namespace vigie::domain
