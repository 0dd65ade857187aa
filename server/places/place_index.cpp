#include "places/place_index.hpp"

#include "places/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <tuple>

namespace vigie::places {
namespace {

using protocol::Place;

constexpr std::size_t most_query_bytes = 200;
constexpr std::size_t most_query_words = 8;

int house_number(std::string const& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// House numbers in counting order, not 1, 10, 11, 2.
bool comes_before(Place const& a, Place const& b) {
  using Key = std::tuple<protocol::Name const&, int, protocol::Name const&, protocol::Name const&,
                         protocol::PlaceId const&>;
  auto const key = [](Place const& place) {
    return Key(place.street, house_number(place.number.value), place.number, place.hall, place.id);
  };
  return key(a) < key(b);
}

/// Short forms that begin no word of the long one.
std::string_view long_form(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> forms{
      {{"bd", "boulevard"}, {"bld", "boulevard"}, {"blvd", "boulevard"}, {"st", "saint"}, {"ste", "sainte"}}};
  for (auto const& [shorter, longer] : forms)
    if (shorter == word) return longer;
  return "";
}

} // namespace

/// How well each place answers the query so far.
struct PlaceIndex::Tally {
  explicit Tally(std::size_t places) : entries(places) {}

  /// A query word fits this place with that weight; of several fits of one word the best counts.
  void add(Number place, int weight) {
    auto& entry = entries[place];
    if (entry.words + 1 == word) {
      entry.words = word;
      entry.best = 0;
    }
    if (entry.words != word || weight <= entry.best) return;
    entry.total += weight - entry.best;
    entry.best = weight;
  }

  struct Entry {
    int total = 0;
    int best = 0;  ///< of the latest word
    int words = 0; ///< of the query that fit, without a gap
  };
  std::vector<Entry> entries;
  int word = 0; ///< the one being counted, from 1
};

PlaceIndex::PlaceIndex(std::vector<Place> places) : places_(std::move(places)) {
  std::ranges::sort(places_, comes_before);
  for (Number number = 0; number < places_.size(); ++number) by_id_.emplace(places_[number].id, number);
  add_words();
}

void PlaceIndex::add_words() {
  std::map<std::string, std::vector<Occurrence>> found;
  for (Number number = 0; number < places_.size(); ++number) {
    auto const& place = places_[number];
    auto const add = [&](std::string_view text, Part part) {
      for (auto& word : words_of(text)) found[std::move(word)].push_back({number, part});
    };
    add(place.landlord.value, Part::landlord);
    add(place.estate.value, Part::estate);
    add(place.street.value, Part::street);
    add(place.number.value, Part::number);
    add(place.hall.value, Part::hall);
    add(place.quarter.value, Part::quarter);
  }
  for (auto& [letters, places] : found) {
    auto const first = static_cast<std::uint32_t>(occurrences_.size());
    occurrences_.insert(occurrences_.end(), places.begin(), places.end());
    words_.push_back({letters, first, static_cast<std::uint32_t>(occurrences_.size())});
  }
}

// What an operator types last is the number: where it fits exactly, that place comes first.
int PlaceIndex::weight(Part part, bool whole_word) {
  switch (part) {
  case Part::number: return whole_word ? 64 : 8;
  case Part::hall: return whole_word ? 32 : 4;
  case Part::street: return whole_word ? 24 : 14;
  case Part::estate: return whole_word ? 22 : 13;
  case Part::quarter: return whole_word ? 20 : 12;
  case Part::landlord: return whole_word ? 12 : 6;
  }
  return 0;
}

void PlaceIndex::count(std::string_view beginning, Tally& tally) const {
  auto word = std::ranges::lower_bound(words_, beginning, {}, &Word::letters);
  for (; word != words_.end() && word->letters.starts_with(beginning); ++word) {
    auto const whole_word = word->letters.size() == beginning.size();
    for (auto at = word->first; at < word->end; ++at)
      tally.add(occurrences_[at].place, weight(occurrences_[at].part, whole_word));
  }
}

std::vector<Place> PlaceIndex::search(std::string_view query, std::size_t limit) const {
  auto words = words_of(query.substr(0, most_query_bytes), most_query_words);
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  Tally tally(places_.size());
  for (auto const& word : words) {
    ++tally.word;
    count(word, tally);
    if (auto const longer = long_form(word); !longer.empty()) count(longer, tally);
  }
  std::vector<Number> found;
  for (Number number = 0; number < places_.size() && !words.empty(); ++number)
    if (tally.entries[number].words == tally.word) found.push_back(number);

  auto const shown = std::min(limit, found.size());
  auto const likelier = [&](Number a, Number b) {
    auto const better = tally.entries[a].total - tally.entries[b].total;
    return better != 0 ? better > 0 : a < b;
  };
  std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(shown), likelier);
  std::vector<Place> places;
  places.reserve(shown);
  for (std::size_t at = 0; at < shown; ++at) places.push_back(places_[found[at]]);
  return places;
}

Place const* PlaceIndex::find(protocol::PlaceId const& id) const {
  auto const known = by_id_.find(id);
  return known == by_id_.end() ? nullptr : &places_[known->second];
}

} // namespace vigie::places
