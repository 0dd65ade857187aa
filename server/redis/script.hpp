#pragma once

#include <memory>
#include <string>

namespace vigie::redis {

/// A server-side script. Copies share what was learned about it, so a script is made once and handed around.
class Script {
 public:
  explicit Script(std::string text);

  /// Its Lua source.
  std::string const& text() const;
  /// The name under which Redis keeps it; empty until a Redis has told.
  std::string const& digest() const;
  /// Notes that name; it depends on the text only, so it is true for every Redis.
  void learn_digest(std::string digest);

 private:
  struct Body;
  std::shared_ptr<Body> body_;
};

} // namespace vigie::redis
