#include "places/place_file.hpp"
#include "redis/site.hpp"
#include "verbs/console.hpp"
#include "verbs/quarters.hpp"
#include "verbs/verbs.hpp"

#include <unistd.h>

#include <iostream>

namespace vigie::verbs {

namespace {

namespace fs = std::filesystem;

int complain(std::string const& sentence) {
  std::cerr << sentence << '\n';
  return 1;
}

int check_redis(std::string const& key, std::string const& url) {
  if (url.empty()) return 0;
  auto const site = redis::parse_site(url);
  return site ? 0 : complain("redis." + key + ": " + site.error());
}

/// Whether the log file can be opened, or else made, without making it: who checks may be another user than
/// who serves.
bool can_be_written(fs::path file) {
  std::error_code error;
  if (fs::exists(file, error)) return !fs::is_directory(file, error) && ::access(file.c_str(), W_OK) == 0;
  do file = file.parent_path();
  while (!fs::exists(file, error) && file.has_relative_path());
  return fs::is_directory(file, error) && ::access(file.c_str(), W_OK | X_OK) == 0;
}

int check_log(std::optional<fs::path> const& file) {
  if (!file || can_be_written(*file)) return 0;
  return complain("log.file: " + file->string() + " cannot be written");
}

int check_service(runtime::FolderSettings const& folders, protocol::Service const& service) {
  auto const quarters = read_quarters(folders, service.id);
  int wrong = quarters ? 0 : complain(quarters.error());
  auto const places = places::read_places(folders.places / (service.id.value + ".csv"), service.quarters);
  if (places) return wrong;
  for (auto const& problem : places.error()) wrong += complain(problem);
  return wrong;
}

} // namespace

int check(Ground const& ground) {
  auto const& settings = ground.settings;
  auto const console = find_console(settings.folders);
  int wrong = (console ? 0 : complain(console.error())) +
              check_redis("journal_url", settings.redis.journal_url) +
              check_redis("presence_url", settings.redis.presence_url) + check_log(settings.log.file);
  for (auto const& service : ground.services) wrong += check_service(settings.folders, service);
  if (wrong == 0) std::cout << "The configuration is in order.\n";
  return wrong == 0 ? 0 : 2;
}

} // namespace vigie::verbs
