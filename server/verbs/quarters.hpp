#pragma once

#include "protocol/service.hpp"
#include "runtime/settings.hpp"

namespace vigie::verbs {

/// The GeoJSON of a service's quarters as its file has it. The error says what is wrong in which file.
Result<std::string, std::string> read_quarters(runtime::FolderSettings const& folders,
                                               protocol::ServiceId const& service);

} // namespace vigie::verbs
