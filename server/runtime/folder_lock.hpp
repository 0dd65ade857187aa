#pragma once

#include "protocol/result.hpp"
#include "runtime/descriptor.hpp"

#include <chrono>
#include <filesystem>
#include <string>

namespace vigie::runtime {

/// Sole use of a folder, held as long as any process has its descriptor open; the kernel frees it when they
/// end, however they end.
struct FolderLock {
  Descriptor descriptor;
};

/// Makes the folder where it is missing (readable by its owner alone) and locks its file of that name,
/// waiting for another holder at most so long. The error is a sentence naming the folder and, where known,
/// the holder.
Result<FolderLock, std::string> lock_folder(std::filesystem::path const& folder, std::string const& name,
                                            std::chrono::milliseconds wait_at_most = {});

} // namespace vigie::runtime
