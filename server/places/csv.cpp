#include "places/csv.hpp"

#include <optional>

namespace vigie::places {
namespace {

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  }

  bool at_end() const { return at_ == text_.size(); }

  /// The next row; check mistake() after it.
  CsvRow row() {
    CsvRow fields;
    do fields.push_back(field());
    while (!mistake_ && take(','));
    if (!mistake_ && !at_end() && !take_line_end()) note("expected a comma or the end of the line");
    return fields;
  }

  std::optional<CsvMistake> const& mistake() const { return mistake_; }
  void note(std::string message) {
    if (!mistake_) mistake_ = CsvMistake{line_, column_, std::move(message)};
  }

 private:
  CsvField field() {
    CsvField value{"", line_, column_};
    if (take('"'))
      quoted(value);
    else
      plain(value);
    return value;
  }

  void plain(CsvField& value) {
    while (!at_end() && text_[at_] != ',' && !at_line_end()) {
      if (text_[at_] == '"')
        return note("a quote inside a value; put the whole value in quotes and double it");
      value.text += next();
    }
  }

  void quoted(CsvField& value) {
    while (!at_end()) {
      if (!take('"'))
        value.text += next();
      else if (take('"'))
        value.text += '"';
      else
        return;
    }
    if (!mistake_) mistake_ = CsvMistake{value.line, value.column, "a quote that is never closed"};
  }

  bool at_line_end() const { return text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n"; }

  bool take_line_end() {
    if (!at_line_end()) return false;
    take('\r');
    return take('\n');
  }

  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    next();
    return true;
  }

  char next() {
    auto const c = text_[at_++];
    column_ = c == '\n' ? 1 : column_ + 1;
    line_ += c == '\n' ? 1 : 0;
    return c;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  unsigned line_ = 1;
  unsigned column_ = 1;
  std::optional<CsvMistake> mistake_;
};

bool is_empty(CsvRow const& row) { return row.size() == 1 && row.front().text.empty(); }

} // namespace

Result<std::vector<CsvRow>, CsvMistake> read_csv(std::string_view text, std::size_t most_rows) {
  CsvReader reader(text);
  std::vector<CsvRow> rows;
  while (!reader.at_end() && !reader.mistake()) {
    if (rows.size() == most_rows) reader.note("more than " + std::to_string(most_rows) + " lines");
    if (reader.mistake()) break;
    auto row = reader.row();
    if (!is_empty(row)) rows.push_back(std::move(row));
  }
  if (reader.mistake()) return Failure<CsvMistake>(*reader.mistake());
  return rows;
}

} // namespace vigie::places
