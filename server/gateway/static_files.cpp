#include "gateway/static_files.hpp"

#include "accounts/tokens.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace vigie::gateway {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

constexpr std::array<Named, 14> types{{{".html", "text/html; charset=utf-8"},
                                       {".js", "text/javascript; charset=utf-8"},
                                       {".css", "text/css; charset=utf-8"},
                                       {".json", "application/json"},
                                       {".webmanifest", "application/manifest+json"},
                                       {".svg", "image/svg+xml"},
                                       {".png", "image/png"},
                                       {".ico", "image/x-icon"},
                                       {".woff2", "font/woff2"},
                                       {".pbf", "application/x-protobuf"},
                                       {".mp3", "audio/mpeg"},
                                       {".wav", "audio/wav"},
                                       {".ogg", "audio/ogg"},
                                       {".txt", "text/plain; charset=utf-8"}}};

constexpr std::array<Named, 2> compressions{{{".br", "br"}, {".gz", "gzip"}}};

std::string type_of(std::string_view name) {
  for (auto const& [ending, type] : types)
    if (name.ends_with(ending)) return std::string{type};
  return "application/octet-stream";
}

std::string contents(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (file.bad() || !file.is_open())
    throw std::runtime_error("The file " + path.string() + " cannot be read");
  return text;
}

/// Where the name of a file may be left short: `/desk` is `/desk.html`.
std::string page(std::string const& path) {
  if (path == "/") return "/index.html";
  return path.find('.') == std::string::npos ? path + ".html" : path;
}

/// Takes what stands before the next such sign, without blanks.
std::string next_word(std::string_view& rest, char sign) {
  std::string word;
  auto const end = std::min(rest.find(sign), rest.size());
  for (char const letter : rest.substr(0, end))
    if (letter != ' ' && letter != '\t') word += lower(letter);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

bool accepts(HttpRequest const& request, std::string_view encoding) {
  std::string_view rest = request.header("Accept-Encoding");
  while (!rest.empty()) {
    auto const offer = next_word(rest, ',');
    std::string_view weight = offer;
    if (next_word(weight, ';') != encoding) continue;
    return weight.find_first_not_of("q=0.") != std::string_view::npos || weight.empty();
  }
  return false;
}

bool has_it_already(HttpRequest const& request, std::string const& tag) {
  auto const& tags = request.header("If-None-Match");
  return tags == "*" || tags.find(tag) != std::string::npos;
}

} // namespace

StaticFiles::StaticFiles(std::filesystem::path const& folder) {
  namespace fs = std::filesystem;
  if (!fs::is_directory(folder))
    throw std::runtime_error("The console is not built: there is no folder " + folder.string());
  for (auto const& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      read(entry.path(), "/" + fs::relative(entry.path(), folder).generic_string());
}

void StaticFiles::read(std::filesystem::path const& path, std::string name) {
  std::string encoding;
  for (auto const& [ending, compression] : compressions)
    if (name.ends_with(ending)) {
      encoding = compression;
      name.resize(name.size() - ending.size());
    }
  auto& file = files_[name];
  auto const body = contents(path);
  file.bodies[encoding] = std::make_shared<std::string const>(body);
  if (!encoding.empty()) return;
  file.type = type_of(name);
  file.tag = '"' + accounts::digest_of(body).substr(0, 22) + '"';
}

HttpResponse StaticFiles::answer(HttpRequest const& request) const {
  auto const found = files_.find(page(request.path));
  if (found == files_.end() || found->second.tag.empty())
    return problem(404, "not_found", "There is nothing at this address.");
  if (request.method != "GET" && request.method != "HEAD")
    return problem(405, "method_not_allowed", "Files are only read.");

  auto const& file = found->second;
  // The build names what lies in /assets after its contents.
  bool const immutable = request.path.starts_with("/assets/");
  HttpResponse response{200,
                        {{"Content-Type", file.type},
                         {"ETag", file.tag},
                         {"Vary", "Accept-Encoding"},
                         {"Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache"}},
                        {}};
  if (has_it_already(request, file.tag)) {
    response.status = 304;
    return response;
  }
  std::string encoding;
  for (auto const& [ending, compression] : compressions)
    if (encoding.empty() && file.bodies.contains(std::string{compression}) && accepts(request, compression))
      encoding = compression;
  if (!encoding.empty()) response.headers.emplace_back("Content-Encoding", encoding);
  if (auto const body = file.bodies.find(encoding); body != file.bodies.end()) response.kept = body->second;
  return response;
}

} // namespace vigie::gateway
