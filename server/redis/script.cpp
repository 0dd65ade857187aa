#include "redis/script.hpp"

#include <utility>

namespace vigie::redis {

struct Script::Body {
  std::string text;
  std::string digest;
};

Script::Script(std::string text) : body_(std::make_shared<Body>(Body{std::move(text), {}})) {}

std::string const& Script::text() const { return body_->text; }

std::string const& Script::digest() const { return body_->digest; }

void Script::learn_digest(std::string digest) { body_->digest = std::move(digest); }

} // namespace vigie::redis
