#pragma once

#include <map>
#include <string>

namespace vigie::bench::commands {

/// What a program of this folder is told: words `name=value` after its first.
class Options {
 public:
  Options(int count, char** words) {
    for (int i = 2; i < count; ++i) {
      std::string const word = words[i];
      auto const equals = word.find('=');
      if (equals != std::string::npos) values_[word.substr(0, equals)] = word.substr(equals + 1);
    }
  }
  std::string text(std::string const& name, std::string const& otherwise = {}) const {
    auto const found = values_.find(name);
    return found == values_.end() ? otherwise : found->second;
  }
  double number(std::string const& name, double otherwise) const {
    auto const found = values_.find(name);
    return found == values_.end() ? otherwise : std::stod(found->second);
  }
  std::size_t whole(std::string const& name, std::size_t otherwise) const {
    return static_cast<std::size_t>(number(name, static_cast<double>(otherwise)));
  }

 private:
  std::map<std::string, std::string> values_;
};

} // namespace vigie::bench::commands
