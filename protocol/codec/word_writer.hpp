#pragma once

#include "protocol/codec/names.hpp"
#include "protocol/codec/write_scalars.hpp"
#include "protocol/written.hpp"

#include <concepts>
#include <variant>

namespace vigie::protocol {

/// Appends described words to a text as JSON, in the order of their description, without white space.
class WordWriter {
 public:
  explicit WordWriter(std::string& out) : out_(out) {}

  void write(bool truth) { out_ += truth ? "true" : "false"; }
  void write(double number) { append_number(out_, number); }
  template <std::integral T> void write(T number) { append_number(out_, number); }
  void write(std::string const& text) { append_string(out_, text); }
  template <class Tag> void write(Id<Tag> const& id) { append_string(out_, id.value); }
  template <std::size_t Max> void write(Text<Max> const& text) { append_string(out_, text.value); }
  template <class Tag> void write(Quantity<Tag> const& quantity) { write(quantity.value); }
  void write(Duration duration) { write(static_cast<std::int64_t>(duration.count())); }
  void write(Instant instant) { write(instant.time_since_epoch()); }

  template <class T> void write(Written<T> const& written) { out_ += written.json(); }

  template <class T> void write(std::vector<T> const& items) {
    out_ += '[';
    for (T const& item : items) {
      write(item);
      out_ += ',';
    }
    close(']');
  }

  template <naming::DescribedEnum T> void write(T value) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
      if (enumerator.value == value) ((out_ += '"') += naming::plain(enumerator.name)) += '"';
    });
  }

  template <naming::DescribedStruct T> void write(T const& word) {
    out_ += '{';
    write_fields(word);
  }

  template <class... Ts> void write(std::variant<Ts...> const& word) {
    std::visit(
        [this]<class T>(T const& alternative) {
          static constexpr auto opening = naming::Label{}.add("{\"type\":\"").add(naming::tag<T>).add("\",");
          out_ += opening;
          write_fields(alternative);
        },
        word);
  }

 private:
  template <class T> void write_fields(T const& word) {
    boost::mp11::mp_for_each<naming::Fields<T>>(
        [&](auto field) { write_field<decltype(field)>(word.*field.pointer); });
    close('}');
  }

  template <class Field, class T> void write_field(T const& value) {
    static constexpr auto key = naming::Label{}.add('"').add(naming::field_name<Field>).add("\":");
    if constexpr (naming::is_optional<T>) {
      if (value) write_named(key, *value);
    } else {
      write_named(key, value);
    }
  }

  template <class T> void write_named(std::string_view key, T const& value) {
    out_ += key;
    write(value);
    out_ += ',';
  }

  /// Ends a list or object; each item before left a comma behind.
  void close(char bracket) {
    if (out_.back() == ',')
      out_.back() = bracket;
    else
      out_ += bracket;
  }

  std::string& out_;
};

} // namespace vigie::protocol
