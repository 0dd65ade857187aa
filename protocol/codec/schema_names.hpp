#pragma once

#include "protocol/codec/names.hpp"
#include "protocol/frames.hpp"

/// What types are called in the schema, and so in TypeScript.
namespace vigie::protocol::naming {

/// `TeamTag` becomes `Team` + ending.
template <class Tag> constexpr Label without_tag(std::string_view ending) {
  constexpr std::string_view name = type_name<Tag>();
  return Label{}.add(name.substr(0, name.size() - std::string_view("Tag").size())).add(ending);
}

/// A struct or an enum is called as in C++; an alias, whose name the compiler forgets, is named below.
template <class T> struct SchemaName {
  static_assert(DescribedStruct<T> || DescribedEnum<T>, "name this type below");
  static constexpr Label value = Label{}.add(type_name<T>());
};
template <class Tag> struct SchemaName<Id<Tag>> {
  static constexpr Label value = without_tag<Tag>("Id");
};
template <class Tag> struct SchemaName<Quantity<Tag>> {
  static constexpr Label value = without_tag<Tag>("");
};

template <> struct SchemaName<ClientFrame> {
  static constexpr Label value = Label{}.add("ClientFrame");
};
template <> struct SchemaName<ServerFrame> {
  static constexpr Label value = Label{}.add("ServerFrame");
};
template <> struct SchemaName<Command> {
  static constexpr Label value = Label{}.add("Command");
};
template <> struct SchemaName<CallerKey> {
  static constexpr Label value = Label{}.add("CallerKey");
};
template <> struct SchemaName<NightDate> {
  static constexpr Label value = Label{}.add("NightDate");
};
template <> struct SchemaName<MetresPerSecond> {
  static constexpr Label value = Label{}.add("MetresPerSecond");
};
template <> struct SchemaName<Instant> {
  static constexpr Label value = Label{}.add("Instant");
};
template <> struct SchemaName<Duration> {
  static constexpr Label value = Label{}.add("Duration");
};

} // namespace vigie::protocol::naming
