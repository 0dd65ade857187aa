#include "protocol/codec/examples.hpp"

#include "protocol/codec/codec.hpp"
#include "protocol/codec/names.hpp"
#include "protocol/frames.hpp"

#include <fstream>
#include <iterator>
#include <set>

namespace fs = std::filesystem;

namespace vigie::protocol {
namespace {

std::string read_file(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The same JSON without the white space between its tokens.
std::string packed(std::string_view json) {
  std::string out;
  bool inside_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    char const c = json[i];
    if (inside_string && c == '\\')
      out += json[i++];
    else if (c == '"')
      inside_string = !inside_string;
    else if (!inside_string && (c == ' ' || c == '\n'))
      continue;
    if (i < json.size()) out += json[i];
  }
  return out;
}

template <class... Ts> std::set<std::string> kinds_of(std::type_identity<std::variant<Ts...>>) {
  return {std::string(std::string_view(naming::tag<Ts>))...};
}

template <class Variant> void check_file(fs::path const& path, std::vector<std::string>& faults) {
  std::string const text = read_file(path);
  auto const word = decode<Variant>(text);
  if (!word) {
    faults.push_back(path.string() + ": " + word.error().path + ": " + word.error().problem);
    return;
  }
  std::string const again = encode(*word);
  if (again != packed(text)) faults.push_back(path.string() + ": is written back as " + again);
  if (again.find("{\"type\":\"" + path.stem().string() + '"') != 0)
    faults.push_back(path.string() + ": holds another kind than its name says");
}

template <class Variant> void check_folder(fs::path const& folder, std::vector<std::string>& faults) {
  std::set<std::string> missing = kinds_of(std::type_identity<Variant>{});
  std::error_code unreadable;
  for (auto const& entry : fs::directory_iterator(folder, unreadable)) {
    check_file<Variant>(entry.path(), faults);
    missing.erase(entry.path().stem().string());
  }
  for (std::string const& kind : missing)
    faults.push_back((folder / (kind + ".json")).string() + ": there is none");
}

} // namespace

std::vector<std::string> faults_of_examples(fs::path const& folder) {
  std::vector<std::string> faults;
  check_folder<ClientFrame>(folder / "client", faults);
  check_folder<ServerFrame>(folder / "server", faults);
  check_folder<Command>(folder / "command", faults);
  check_folder<Event>(folder / "event", faults);
  return faults;
}

} // namespace vigie::protocol
