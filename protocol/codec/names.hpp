#pragma once

#include "protocol/scalars.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// What things are called on the wire, worked out at compile time from their C++ names.
namespace vigie::protocol::naming {

/// A short text that the compiler can build.
struct Label {
  std::array<char, 128> letters{};
  std::size_t size{};

  constexpr Label& add(char letter) {
    letters[size++] = letter;
    return *this;
  }
  constexpr Label& add(std::string_view text) {
    for (char const letter : text) add(letter);
    return *this;
  }
  constexpr operator std::string_view() const { return {letters.data(), size}; }
};

/// A C++ name without the underscore that keeps it off a keyword.
constexpr std::string_view plain(std::string_view name) {
  return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

/// `OpenRequest` becomes `open_request`.
constexpr Label snake_case(std::string_view camel) {
  Label snake;
  for (char const letter : camel) {
    bool const capital = letter >= 'A' && letter <= 'Z';
    if (capital && snake.size > 0) snake.add('_');
    snake.add(capital ? static_cast<char>(letter - 'A' + 'a') : letter);
  }
  return snake;
}

/// The name of a type without its namespaces, taken from what the compiler calls this very function.
template <class T> constexpr std::string_view type_name() {
  constexpr std::string_view self = __PRETTY_FUNCTION__;
  constexpr std::size_t from = self.find("T = ") + 4;
  constexpr std::string_view full = self.substr(from, self.find_first_of(";]", from) - from);
  constexpr std::size_t colon = full.rfind(':');
  return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

/// What ends the name of a field of type T: its unit.
template <class T> struct Unit {
  static constexpr std::string_view suffix = "";
};
template <> struct Unit<Instant> {
  static constexpr std::string_view suffix = "_ms";
};
template <> struct Unit<Duration> {
  static constexpr std::string_view suffix = "_ms";
};
template <class Tag> struct Unit<Quantity<Tag>> {
  static constexpr std::string_view suffix = Quantity<Tag>::suffix;
};
template <class T> struct Unit<std::optional<T>> : Unit<T> {};
template <class T> struct Unit<std::vector<T>> : Unit<T> {};

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

/// The fields of a struct, those of its described bases first.
template <DescribedStruct T>
using Fields =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class Pointer> struct PointedAt;
template <class Struct, class Member> struct PointedAt<Member Struct::*> {
  using type = Member;
};
/// The type of the field that a descriptor stands for.
template <class Field>
using FieldType = typename PointedAt<std::remove_cvref_t<decltype(Field::pointer)>>::type;

/// The name of a field on the wire: `operator_` is `operator`, `speed` in metres a second is `speed_m_per_s`.
template <class Field>
inline constexpr Label field_name = Label{}.add(plain(Field::name)).add(Unit<FieldType<Field>>::suffix);

/// The value of `type` that tells a struct from the others of its variant.
template <DescribedStruct T> inline constexpr Label tag = snake_case(type_name<T>());

/// The names of an enum's values.
template <DescribedEnum T> std::vector<std::string_view> enum_names() {
  std::vector<std::string_view> names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
      [&](auto enumerator) { names.push_back(plain(enumerator.name)); });
  return names;
}

template <class> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;

} // namespace vigie::protocol::naming
