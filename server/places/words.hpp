#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie::places {

/// The words of a text as search compares them: small letters without accents (`œ` as `oe`), parted at
/// everything that is neither letter nor digit, and between a letter and a digit: `12B, allée de l'Œillet`
/// gives `12`, `b`, `allee`, `de`, `l`, `oeillet`. At most `most` words; what is not UTF-8 parts words.
std::vector<std::string> words_of(std::string_view text, std::size_t most = 64);

} // namespace vigie::places
