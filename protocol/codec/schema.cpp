#include "protocol/codec/schema.hpp"

#include "protocol/codec/checks.hpp"
#include "protocol/codec/codec.hpp"
#include "protocol/codec/schema_names.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <limits>
#include <set>
#include <variant>

namespace json = boost::json;

namespace vigie::protocol {
namespace {

template <class T> constexpr std::string_view schema_name() { return naming::SchemaName<T>::value; }

json::value reference(std::string_view name) {
  return {{"$ref", std::string("#/$defs/") + std::string(name)}};
}

json::object integer(std::int64_t min, std::int64_t max) {
  return {{"type", "integer"}, {"minimum", min}, {"maximum", max}};
}

json::object string_list(std::vector<std::string_view> const& names) {
  json::array values;
  for (std::string_view const name : names) values.emplace_back(json::string(name));
  return {{"type", "string"}, {"enum", std::move(values)}};
}

/// Collects the definitions of all types met.
class Book {
 public:
  explicit Book(std::set<std::string_view> alternatives) : alternatives_(std::move(alternatives)) {}

  template <class T> json::value describe(std::type_identity<std::optional<T>>) {
    return describe(std::type_identity<T>{});
  }
  template <class T> json::value describe(std::type_identity<Written<T>>) {
    return describe(std::type_identity<T>{});
  }
  template <class T> json::value describe(std::type_identity<std::vector<T>>) {
    json::value items = describe(std::type_identity<T>{});
    return {{"type", "array"}, {"maxItems", from_outside.items}, {"items", std::move(items)}};
  }
  json::value describe(std::type_identity<bool>) { return {{"type", "boolean"}}; }
  json::value describe(std::type_identity<double>) { return {{"type", "number"}}; }
  json::value describe(std::type_identity<std::int32_t>) {
    using Range = std::numeric_limits<std::int32_t>;
    return integer(Range::min(), Range::max());
  }
  json::value describe(std::type_identity<std::uint64_t>) { return {{"type", "integer"}, {"minimum", 0}}; }
  json::value describe(std::type_identity<std::string>) {
    return {{"type", "string"}, {"maxLength", max_string_bytes}};
  }
  template <std::size_t Max> json::value describe(std::type_identity<Text<Max>>) {
    return {{"type", "string"},
            {"maxLength", Max},
            {"pattern", "^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]*$"}};
  }
  template <class Tag> json::value describe(std::type_identity<Id<Tag>>) {
    return define(schema_name<Id<Tag>>(),
                  [] { return json::object{{"type", "string"}, {"pattern", "^[a-zA-Z0-9._:-]{1,64}$"}}; });
  }
  template <class Tag> json::value describe(std::type_identity<Quantity<Tag>>) {
    return define(schema_name<Quantity<Tag>>(), [] {
      char const* const type = std::is_integral_v<typename Tag::Number> ? "integer" : "number";
      return json::object{{"type", type}, {"minimum", Tag::min}, {"maximum", Tag::max}};
    });
  }
  json::value describe(std::type_identity<Duration>) {
    return define(schema_name<Duration>(), [] { return integer(0, longest_duration.count()); });
  }
  json::value describe(std::type_identity<Instant>) {
    return define(schema_name<Instant>(), [] { return integer(0, last_instant.time_since_epoch().count()); });
  }
  template <naming::DescribedEnum T> json::value describe(std::type_identity<T>) {
    return define(schema_name<T>(), [] { return string_list(naming::enum_names<T>()); });
  }
  template <naming::DescribedStruct T> json::value describe(std::type_identity<T>) {
    std::string name(schema_name<T>());
    if (alternatives_.contains(name)) name += "Body";
    return define(name, [this] { return struct_schema<T>({}); });
  }
  template <class... Ts> json::value describe(std::type_identity<std::variant<Ts...>> variant) {
    return define(schema_name<std::variant<Ts...>>(), [this, variant] { return variant_schema(variant); });
  }

  std::set<std::string_view> const& alternatives() const { return alternatives_; }
  json::object take_definitions() { return std::move(definitions_); }

 private:
  template <class Make> json::value define(std::string_view name, Make const& make) {
    if (!definitions_.contains(name)) {
      definitions_[name] = nullptr;
      json::object definition{{"title", json::string(name)}};
      for (auto& entry : make()) definition.insert(entry);
      definitions_[name] = std::move(definition);
    }
    return reference(name);
  }

  template <class... Ts> json::object variant_schema(std::type_identity<std::variant<Ts...>>) {
    json::array alternatives;
    (alternatives.push_back(alternative<Ts>()), ...);
    return {{"oneOf", std::move(alternatives)}};
  }

  template <class T> json::value alternative() {
    alternatives_.insert(schema_name<T>());
    return define(schema_name<T>(), [this] {
      return struct_schema<T>({{"type", {{"const", json::string(std::string_view(naming::tag<T>))}}}});
    });
  }

  template <class T> json::object struct_schema(json::object properties) {
    json::array required;
    for (auto const& entry : properties) required.emplace_back(entry.key());
    boost::mp11::mp_for_each<naming::Fields<T>>([&](auto field) {
      using Type = naming::FieldType<decltype(field)>;
      constexpr std::string_view name = naming::field_name<decltype(field)>;
      properties[name] = describe(std::type_identity<Type>{});
      if (!naming::is_optional<Type>) required.emplace_back(json::string(name));
    });
    return {{"type", "object"},
            {"additionalProperties", false},
            {"required", std::move(required)},
            {"properties", std::move(properties)}};
  }

  json::object definitions_;
  /// Structs that stand in a variant: their name belongs to the form with `type`.
  std::set<std::string_view> alternatives_;
};

template <class... Ts> json::array describe_all(Book& book) {
  return {book.describe(std::type_identity<Ts>{})...};
}

/// What crosses the door.
json::array describe_words(Book& book) {
  return describe_all<ClientFrame, ServerFrame, ReportCall, SignIn, Session, FoundPlaces, Problem>(book);
}

} // namespace

std::string json_schema() {
  Book first_look({});
  describe_words(first_look);
  Book book(first_look.alternatives());
  json::array words = describe_words(book);
  return json::serialize(json::object{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                                      {"title", "Word"},
                                      {"anyOf", std::move(words)},
                                      {"$defs", book.take_definitions()}});
}

} // namespace vigie::protocol
