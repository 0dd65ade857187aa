#include "verbs/verbs.hpp"

namespace vigie::verbs {

Result<protocol::Service, std::string> Ground::service(std::string const& id) const {
  std::string known;
  for (auto const& service : services) {
    if (service.id.value == id) return service;
    known += " " + service.id.value;
  }
  return Failure<std::string>{"there is no service " + id + "; there are:" + known};
}

} // namespace vigie::verbs
