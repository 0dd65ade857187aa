#include "places/place_file.hpp"
#include "verbs/verbs.hpp"

#include <iostream>

namespace vigie::verbs {

namespace {

int missing(std::filesystem::path const& file, std::string const& what) {
  if (std::filesystem::exists(file)) return 0;
  std::cerr << file.string() << ": cannot be read; it is to hold " << what << '\n';
  return 1;
}

int check_service(runtime::FolderSettings const& folders, protocol::Service const& service) {
  auto const& name = service.id.value;
  int wrong = missing(folders.quarters / (name + ".geojson"), "the quarters of " + name);
  auto const places = places::read_places(folders.places / (name + ".csv"), service.quarters);
  if (places) return wrong;
  for (auto const& problem : places.error()) std::cerr << problem << '\n';
  return wrong + static_cast<int>(places.error().size());
}

} // namespace

int check(Ground const& ground) {
  auto const& folders = ground.settings.folders;
  int wrong = missing(folders.console, "the built console");
  for (auto const& service : ground.services) wrong += check_service(folders, service);
  if (wrong == 0) std::cout << "The configuration is in order.\n";
  return wrong == 0 ? 0 : 2;
}

} // namespace vigie::verbs
