#pragma once

#include "protocol/codec/checks.hpp"
#include "protocol/codec/names.hpp"
#include "protocol/codec/read_scalars.hpp"
#include "protocol/written.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <concepts>
#include <limits>
#include <variant>

namespace vigie::protocol {

/// Fills described words from JSON values.
class WordReader {
 public:
  /// No list may be longer than `max_items`.
  explicit WordReader(std::size_t max_items) : max_items_(max_items) {}

  Outcome read(boost::json::value const& value, bool& out) const { return read_bool(value, out); }
  Outcome read(boost::json::value const& value, std::string& out) const {
    return read_string(value, max_string_bytes, out);
  }
  Outcome read(boost::json::value const& value, double& out) const {
    constexpr double limit = std::numeric_limits<double>::max();
    return read_number(value, -limit, limit, out);
  }
  Outcome read(boost::json::value const& value, std::uint64_t& out) const {
    return read_unsigned(value, std::numeric_limits<std::uint64_t>::max(), out);
  }
  Outcome read(boost::json::value const& value, std::int32_t& out) const {
    using Range = std::numeric_limits<std::int32_t>;
    return read_between(value, Range::min(), Range::max(), out);
  }
  template <class Tag> Outcome read(boost::json::value const& value, Id<Tag>& out) const {
    return read_identifier(value, out.value);
  }
  template <std::size_t Max> Outcome read(boost::json::value const& value, Text<Max>& out) const {
    return read_text(value, Max, out.value);
  }
  template <class Tag> Outcome read(boost::json::value const& value, Quantity<Tag>& out) const {
    return read_between(value, Tag::min, Tag::max, out.value);
  }
  Outcome read(boost::json::value const& value, Duration& out) const {
    std::int64_t count = 0;
    Outcome const outcome = read_integer(value, 0, longest_duration.count(), count);
    out = Duration{count};
    return outcome;
  }
  Outcome read(boost::json::value const& value, Instant& out) const {
    std::int64_t count = 0;
    Outcome const outcome = read_integer(value, 0, last_instant.time_since_epoch().count(), count);
    out = Instant{Duration{count}};
    return outcome;
  }

  template <class T> Outcome read(boost::json::value const& value, Written<T>& out) const {
    T word;
    Outcome const outcome = read(value, word);
    if (outcome) out = Written<T>(std::move(word));
    return outcome;
  }

  template <class T> Outcome read(boost::json::value const& value, std::vector<T>& out) const {
    if (!value.is_array()) return refuse("must be a list");
    boost::json::array const& items = value.get_array();
    if (items.size() > max_items_)
      return refuse("must have at most " + std::to_string(max_items_) + " items");
    out.resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
      if (Outcome outcome = read(items[i], out[i]); !outcome)
        return Failure(within_item(i, std::move(outcome.error())));
    return {};
  }

  template <naming::DescribedEnum T> Outcome read(boost::json::value const& value, T& out) const {
    if (!value.is_string()) return refuse("must be a text");
    std::string_view const name = value.get_string();
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
      if (name != naming::plain(enumerator.name)) return;
      out = enumerator.value;
      found = true;
    });
    return found ? Outcome{} : refuse(one_of(naming::enum_names<T>()));
  }

  template <naming::DescribedStruct T> Outcome read(boost::json::value const& value, T& out) const {
    if (!value.is_object()) return refuse("must be an object");
    return read_fields(value.get_object(), out, Tagged::no);
  }

  template <class... Ts> Outcome read(boost::json::value const& value, std::variant<Ts...>& out) const {
    if (!value.is_object()) return refuse("must be an object");
    boost::json::object const& object = value.get_object();
    boost::json::value const* const type = object.if_contains("type");
    if (type == nullptr) return Failure(DecodeError{"type", "missing"});
    if (!type->is_string()) return Failure(DecodeError{"type", "must be a text"});
    std::string_view const name = type->get_string();
    std::optional<Outcome> outcome;
    auto const read_if_named = [&]<class T>(std::type_identity<T>) {
      if (name == std::string_view(naming::tag<T>))
        outcome = read_fields(object, out.template emplace<T>(), Tagged::yes);
    };
    (read_if_named(std::type_identity<Ts>{}), ...);
    if (!outcome) return Failure(DecodeError{"type", one_of({naming::tag<Ts>...})});
    return *std::move(outcome);
  }

 private:
  template <std::integral T>
  Outcome read_between(boost::json::value const& value, T min, T max, T& out) const {
    std::int64_t wide = 0;
    Outcome const outcome = read_integer(value, min, max, wide);
    out = static_cast<T>(wide);
    return outcome;
  }
  Outcome read_between(boost::json::value const& value, double min, double max, double& out) const {
    return read_number(value, min, max, out);
  }

  /// Whether the key `type` stands among the fields.
  enum class Tagged { no, yes };

  template <class T> Outcome read_fields(boost::json::object const& object, T& out, Tagged tagged) const {
    std::size_t known = tagged == Tagged::yes ? 1 : 0;
    Outcome outcome;
    boost::mp11::mp_for_each<naming::Fields<T>>([&](auto field) {
      if (outcome) outcome = read_field<decltype(field)>(object, out.*field.pointer, known);
    });
    if (outcome && known != object.size()) return refuse_unknown_field<T>(object, tagged);
    return outcome;
  }

  template <class Field, class T>
  Outcome read_field(boost::json::object const& object, T& out, std::size_t& known) const {
    constexpr std::string_view name = naming::field_name<Field>;
    boost::json::value const* const value = object.if_contains(name);
    if (value == nullptr) return absent<T>(name);
    ++known;
    Outcome outcome = [&] {
      if constexpr (naming::is_optional<T>)
        return read(*value, out.emplace());
      else
        return read(*value, out);
    }();
    if (!outcome) outcome = Failure(within_field(name, std::move(outcome.error())));
    return outcome;
  }

  template <class T> static Outcome absent(std::string_view name) {
    if constexpr (naming::is_optional<T>)
      return {};
    else
      return Failure(DecodeError{std::string(name), "missing"});
  }

  template <class T> static Outcome refuse_unknown_field(boost::json::object const& object, Tagged tagged) {
    for (auto const& entry : object) {
      std::string_view const key = entry.key();
      bool known = tagged == Tagged::yes && key == "type";
      boost::mp11::mp_for_each<naming::Fields<T>>(
          [&](auto field) { known = known || key == std::string_view(naming::field_name<decltype(field)>); });
      if (!known) return Failure(DecodeError{shown(key), "unknown field"});
    }
    return {};
  }

  std::size_t max_items_;
};

} // namespace vigie::protocol
