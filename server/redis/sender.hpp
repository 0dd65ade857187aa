#pragma once

#include <string>

namespace vigie::redis {

/// A name by which a process tells what it published itself from what others did: no two are the same.
std::string new_sender();

} // namespace vigie::redis
