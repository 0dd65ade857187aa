#include "places/place_file.hpp"

#include "places/csv.hpp"
#include "places/utf8.hpp"
#include "protocol/codec/checks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

namespace vigie::places {
namespace {

using namespace protocol;

constexpr std::array<std::string_view, 9> columns{"id",   "landlord", "estate", "street", "number",
                                                  "hall", "lon",      "lat",    "quarter"};
constexpr std::size_t most_problems = 20;

class PlaceReader {
 public:
  PlaceReader(std::string file_name, std::span<Quarter const> quarters) : file_name_(std::move(file_name)) {
    for (auto const& quarter : quarters) quarters_.insert(quarter.id.value);
  }

  void refuse(unsigned line, unsigned column, std::string const& message) {
    if (++problem_count_ > most_problems) return;
    problems_.push_back(file_name_ + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " +
                        message);
  }

  bool read_header(CsvRow const& header) {
    for (std::size_t at = 0; at < header.size(); ++at) {
      auto const& [name, line, column] = header[at];
      if (std::ranges::find(columns, name) == columns.end())
        refuse(line, column, "knows no column \"" + name + "\"");
      else if (!position_.emplace(name, at).second)
        refuse(line, column, "the column " + name + " stands twice");
    }
    for (auto const name : columns)
      if (!position_.contains(std::string(name))) refuse(1, 1, "lacks the column " + std::string(name));
    return problem_count_ == 0;
  }

  Place read(CsvRow const& row) {
    row_ = &row;
    if (row.size() != columns.size()) {
      refuse(row.front().line, 1,
             "expected " + std::to_string(columns.size()) + " values, found " + std::to_string(row.size()));
      return {};
    }
    Place place{id(),
                quarter(),
                text("landlord"),
                text("estate"),
                text("street"),
                text("number"),
                text("hall"),
                {Longitude{degrees<Longitude>("lon")}, Latitude{degrees<Latitude>("lat")}}};
    if (place.estate.value.empty() && place.street.value.empty())
      refuse("street", "expected an estate or a street");
    return place;
  }

  PlaceProblems problems() && {
    if (problem_count_ > most_problems)
      problems_.push_back(file_name_ + ": and " + std::to_string(problem_count_ - most_problems) + " more");
    return std::move(problems_);
  }
  bool found_problems() const { return problem_count_ > 0; }

 private:
  CsvField const& field(std::string const& column) const { return (*row_)[position_.at(column)]; }
  void refuse(std::string const& column, std::string const& message) {
    auto const& at = field(column);
    refuse(at.line, at.column,
           column + ": " + message + (at.text.empty() ? "" : ", found \"" + at.text + "\""));
  }

  PlaceId id() {
    PlaceId id{field("id").text};
    if (!is_identifier(id.value))
      refuse("id", "expected 1 to 64 characters of a-z A-Z 0-9 . _ : -");
    else if (!ids_.insert(id.value).second)
      refuse("id", "stands twice");
    return id;
  }

  QuarterId quarter() {
    QuarterId quarter{field("quarter").text};
    if (!quarters_.contains(quarter.value)) refuse("quarter", "expected the id of a quarter of the service");
    return quarter;
  }

  Name text(std::string const& column) {
    auto const& value = field(column).text;
    if (count_characters(value) > Name::max_length || has_control_characters(value))
      refuse(column, "expected at most " + std::to_string(Name::max_length) + " characters on one line");
    return {value};
  }

  template <class Degrees> double degrees(std::string const& column) {
    auto const& value = field(column).text;
    double number = 0;
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    auto const whole = error == std::errc() && end == value.data() + value.size();
    if (!whole || !(number >= Degrees::min && number <= Degrees::max))
      refuse(column, "expected degrees from " + std::to_string(static_cast<int>(Degrees::min)) + " to " +
                         std::to_string(static_cast<int>(Degrees::max)));
    return number;
  }

  std::string file_name_;
  std::unordered_set<std::string> quarters_;
  std::unordered_map<std::string, std::size_t> position_;
  std::unordered_set<std::string> ids_;
  CsvRow const* row_ = nullptr;
  PlaceProblems problems_;
  std::size_t problem_count_ = 0;
};

Failure<PlaceProblems> failed(std::string problem) {
  return Failure<PlaceProblems>(PlaceProblems{std::move(problem)});
}

} // namespace

Result<std::vector<Place>, PlaceProblems> parse_places(std::string_view text, std::string const& file_name,
                                                       std::span<Quarter const> quarters) {
  if (!is_utf8(text)) return failed(file_name + ": is not UTF-8; save it as UTF-8");
  auto const rows = read_csv(text, most_places + 1);
  PlaceReader reader(file_name, quarters);
  if (!rows)
    reader.refuse(rows.error().line, rows.error().column, rows.error().message);
  else if (rows->empty())
    reader.refuse(1, 1, "is empty; expected a line with the names of the columns");
  else if (reader.read_header(rows->front())) {
    std::vector<Place> places;
    for (auto const& row : std::span(*rows).subspan(1)) places.push_back(reader.read(row));
    if (!reader.found_problems()) return places;
  }
  return Failure<PlaceProblems>(std::move(reader).problems());
}

Result<std::vector<Place>, PlaceProblems> read_places(std::filesystem::path const& file,
                                                      std::span<Quarter const> quarters) {
  std::error_code error;
  auto const size = std::filesystem::file_size(file, error);
  if (error) return failed(file.string() + ": cannot be read: " + error.message());
  if (size > most_bytes)
    return failed(file.string() + ": is larger than " + std::to_string(most_bytes >> 20) + " MB");
  std::ifstream in(file, std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof()) return failed(file.string() + ": cannot be read");
  return parse_places(text, file.string(), quarters);
}

} // namespace vigie::places
