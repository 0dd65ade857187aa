#pragma once

#include "protocol/codec/checks.hpp"
#include "protocol/codec/names.hpp"
#include "runtime/toml_section.hpp"

/// Reads the protocol's smallest words out of TOML tables, with their own limits. For this room's own files
/// only.
namespace vigie::runtime {

/// An identifier; must be there.
template <class Id> Id id_in(TomlSection& section, std::string const& key) {
  auto value = section.text(key, std::nullopt);
  if (section.has(key) && !protocol::is_identifier(value))
    section.reject(key, "expected 1 to 64 characters of a-z A-Z 0-9 . _ : -");
  return {std::move(value)};
}

/// A text that is not empty; must be there.
template <class Text> Text words_in(TomlSection& section, std::string const& key) {
  auto value = section.text(key, std::nullopt);
  auto const fits = !value.empty() && protocol::count_characters(value) <= Text::max_length &&
                    !protocol::has_control_characters(value);
  if (section.has(key) && !fits)
    section.reject(key, "expected 1 to " + std::to_string(Text::max_length) + " characters on one line");
  return {std::move(value)};
}

/// A number within its kind's own range; must be there.
template <class Quantity>
Quantity quantity_in(TomlSection& section, std::string const& key,
                     Range<double> range = {Quantity::min, Quantity::max}) {
  return {section.number(key, range, std::nullopt)};
}

/// The enumerator of that name, nothing when there is none.
template <protocol::naming::DescribedEnum Enum> std::optional<Enum> enumerator_named(std::string_view name) {
  std::optional<Enum> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto enumerator) {
    if (protocol::naming::plain(enumerator.name) == name) found = enumerator.value;
  });
  return found;
}

/// `monday, tuesday …` for messages.
template <protocol::naming::DescribedEnum Enum> std::string names_of() {
  std::string names;
  for (auto const name : protocol::naming::enum_names<Enum>())
    names.append(names.empty() ? "" : ", ").append(name);
  return names;
}

/// One of an enum's names; must be there.
template <class Enum> Enum choice_in(TomlSection& section, std::string const& key) {
  auto const name = section.text(key, std::nullopt);
  auto const value = enumerator_named<Enum>(name);
  if (section.has(key) && !value) section.refuse(key, "expected one of " + names_of<Enum>());
  return value.value_or(Enum{});
}

} // namespace vigie::runtime
