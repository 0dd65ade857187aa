#pragma once

#include "protocol/scalars.hpp"

/// Inner part of the room: where a service's things lie in Redis. The braces keep them in one cluster slot.
namespace vigie::journal {

struct Keys {
  explicit Keys(protocol::ServiceId const& service)
      : base("vigie:{" + service.value + "}:"), journal(base + "journal"), snapshot(base + "snapshot"),
        identity(base + "identity"), refused(base + "refused"), refused_before(base + "refused_before"),
        news(base + "news") {}

  std::string vault(protocol::SubjectId const& subject) const { return base + "vault:" + subject.value; }

  std::string base;
  std::string journal;
  std::string snapshot;
  std::string identity;
  std::string refused;        ///< the latest refusals, by command …
  std::string refused_before; ///< … and those before them
  std::string news;           ///< a channel
};

} // namespace vigie::journal
