#include "journal/vault.hpp"

#include <boost/mp11.hpp>

namespace vigie::journal {
namespace {

/// Calls `visit(name, field)` for each field of the particulars.
template <class Particulars, class Visit> void each_field(Particulars& particulars, Visit visit) {
  using Fields = boost::describe::describe_members<protocol::Particulars, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Fields>([&](auto field) { visit(field.name, particulars.*field.pointer); });
}

} // namespace

std::vector<VaultField> vault_fields(protocol::Particulars const& particulars) {
  std::vector<VaultField> fields;
  each_field(particulars, [&](char const* name, auto const& field) {
    if (field) fields.push_back({name, field->value});
  });
  return fields;
}

std::optional<protocol::Particulars> particulars_in(redis::Reply const& fields) {
  auto const* pairs = fields.as_array();
  if (!pairs || pairs->empty()) return std::nullopt;
  protocol::Particulars particulars;
  for (std::size_t i = 0; i + 1 < pairs->size(); i += 2) {
    auto const* stored = (*pairs)[i].as_string();
    auto const* value = (*pairs)[i + 1].as_string();
    each_field(particulars, [&](char const* name, auto& field) {
      if (stored && value && *stored == name) field.emplace().value = *value;
    });
  }
  return particulars;
}

} // namespace vigie::journal
