#pragma once

#include "protocol/service.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigie::places {

/// A service's places, found by the beginnings of words. Built once; reading it changes nothing.
class PlaceIndex {
 public:
  explicit PlaceIndex(std::vector<protocol::Place> places = {});

  /// Places in which every word of the query begins some word of landlord, estate, street, number, hall or
  /// quarter; the likeliest first, then by street and number. Capitals and accents do not matter: `maur 12`
  /// finds number 12 in Maurepas. Only the first 8 words of the first 200 bytes count, and one that stands
  /// twice counts once; without any word nothing is found.
  std::vector<protocol::Place> search(std::string_view query, std::size_t limit) const;

  /// The place of that id, or null; valid as long as the index.
  protocol::Place const* find(protocol::PlaceId const& id) const;

  std::size_t size() const { return places_.size(); }

 private:
  using Number = std::uint32_t; ///< of a place in places_

  enum class Part : std::uint8_t { landlord, estate, street, number, hall, quarter };

  struct Occurrence {
    Number place;
    Part part;
  };

  /// A word that stands somewhere, with where it stands: a run of occurrences_.
  struct Word {
    std::string letters;
    std::uint32_t first = 0;
    std::uint32_t end = 0;
  };

  struct Tally;

  void add_words();
  void count(std::string_view beginning, Tally& tally) const;
  static int weight(Part part, bool whole_word);

  std::vector<protocol::Place> places_; ///< by street, number and hall
  std::unordered_map<protocol::PlaceId, Number> by_id_;
  std::vector<Word> words_; ///< by letters
  std::vector<Occurrence> occurrences_;
};

} // namespace vigie::places
