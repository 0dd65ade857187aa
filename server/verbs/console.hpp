#pragma once

#include "runtime/settings.hpp"

namespace vigie::verbs {

/// The folder of the built console. The error says why there is none.
Result<std::filesystem::path, std::string> find_console(runtime::FolderSettings const& folders);

} // namespace vigie::verbs
