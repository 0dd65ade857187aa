#include "places/words.hpp"

#include "places/utf8.hpp"

#include <optional>

namespace vigie::places {
namespace {

// U+00C0 to U+017F as small letters without accents; a space for what is no letter.
constexpr char32_t first_accented = 0xc0;
constexpr std::string_view plain_letters = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
                                           "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                                           "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

std::string_view pair_for(char32_t character) {
  switch (character) {
  case 0xc6:
  case 0xe6: return "ae";
  case 0xdf: return "ss";
  case 0x152:
  case 0x153: return "oe";
  default: return "";
  }
}

bool is_combining_accent(char32_t character) { return character >= 0x300 && character <= 0x36f; }
bool is_punctuation(char32_t character) { return character >= 0x2000 && character <= 0x206f; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What a character adds to a word; empty when it parts words. `written` is the character itself.
std::string_view letters_of(char32_t character, std::string_view written) {
  if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9')) return written;
  if (character >= 'A' && character <= 'Z')
    return std::string_view("abcdefghijklmnopqrstuvwxyz").substr(character - 'A', 1);
  if (auto const pair = pair_for(character); !pair.empty()) return pair;
  if (character < first_accented || is_punctuation(character)) return "";
  auto const at = character - first_accented;
  if (at >= plain_letters.size()) return written;
  return plain_letters[at] == ' ' ? "" : plain_letters.substr(at, 1);
}

class Words {
 public:
  explicit Words(std::size_t most) : most_(most) {}

  void add(std::string_view letters) {
    if (letters.empty()) return end_word();
    if (!word_.empty() && is_digit(word_.back()) != is_digit(letters.front())) end_word();
    word_ += letters;
  }

  void end_word() {
    if (!word_.empty() && words_.size() < most_) words_.push_back(word_);
    word_.clear();
  }

  std::vector<std::string> taken() && { return std::move(words_); }

 private:
  std::size_t most_;
  std::string word_;
  std::vector<std::string> words_;
};

} // namespace

std::vector<std::string> words_of(std::string_view text, std::size_t most) {
  Words words(most);
  while (!text.empty()) {
    auto const before = text;
    auto const character = take_character(text);
    if (character && is_combining_accent(*character)) continue;
    words.add(character ? letters_of(*character, before.substr(0, before.size() - text.size())) : "");
  }
  words.end_word();
  return std::move(words).taken();
}

} // namespace vigie::places
