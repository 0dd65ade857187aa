#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace vigie::protocol {

/// What is wrong with a folder of golden examples, one sentence each. There must be a file for each kind of
/// frame, command and event (`client/hello.json`, `command/open_night.json` …) and no other, and each must be
/// written again exactly as it was read, apart from white space.
std::vector<std::string> faults_of_examples(std::filesystem::path const& folder);

} // namespace vigie::protocol
