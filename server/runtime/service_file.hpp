#pragma once

#include "protocol/result.hpp"
#include "protocol/service.hpp"
#include "runtime/problem.hpp"

#include <filesystem>
#include <vector>

namespace vigie::runtime {

/// Reads one file of `config/services`; answers everything that is wrong in it. The file is named after the
/// service's id.
Result<protocol::Service, Problems> read_service(std::filesystem::path const& file);

/// Reads every `*.toml` of the folder, ordered by name; answers everything that is wrong in any of them, or
/// that there is none.
Result<std::vector<protocol::Service>, Problems> read_services(std::filesystem::path const& folder);

} // namespace vigie::runtime
