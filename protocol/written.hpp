#pragma once

#include <memory>
#include <string>
#include <utility>

namespace vigie::protocol {

template <class T> std::string encode(T const& word);

/// A word that many are told: held once with its JSON, and shared.
template <class T> class Written {
 public:
  Written() : Written(T{}) {}
  explicit Written(T word) : kept_(std::make_shared<Kept const>(std::move(word))) {}

  T const& word() const { return kept_->word; }
  std::string const& json() const { return kept_->json; }

 private:
  struct Kept {
    explicit Kept(T said) : word(std::move(said)), json(encode(word)) {}
    T word;
    std::string json;
  };

  std::shared_ptr<Kept const> kept_;
};

} // namespace vigie::protocol
