#include "domain/particulars.hpp"

namespace vigie::domain {

namespace {

template <std::size_t Max> void drop_empty(std::optional<protocol::Text<Max>>& text) {
  if (text && text->value.empty()) text.reset();
}

} // namespace

protocol::Particulars without_empty(protocol::Particulars particulars) {
  drop_empty(particulars.caller_name);
  drop_empty(particulars.number);
  drop_empty(particulars.door);
  drop_empty(particulars.words);
  drop_empty(particulars.report);
  return particulars;
}

} // namespace vigie::domain
