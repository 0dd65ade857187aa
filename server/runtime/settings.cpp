#include "runtime/settings.hpp"

#include "runtime/toml_section.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace vigie::runtime {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

// An origin is a scheme and a host, with a port where it is not the usual one: no path, not even a slash.
bool is_origin(std::string_view text) {
  auto const scheme = text.starts_with("https://") ? 8u : text.starts_with("http://") ? 7u : 0u;
  auto const host = text.substr(scheme);
  return scheme > 0 && !host.empty() && host.find_first_of("/ ?#@*") == std::string_view::npos;
}

// As it stands in a socket: no name, which may have several addresses or none. Only IPv6 knows a scope
// (%eth0).
bool is_ip_address(std::string const& text) {
  in6_addr address{};
  bool const v6 = text.find(':') != std::string::npos;
  return ::inet_pton(v6 ? AF_INET6 : AF_INET, (v6 ? text.substr(0, text.find('%')) : text).c_str(),
                     &address) == 1;
}

bool is_redis_url(std::string_view text) {
  constexpr std::array<std::string_view, 4> schemes{"redis://", "unix:", "redis-sentinel://",
                                                    "redis-cluster://"};
  return std::ranges::any_of(schemes, [&](auto scheme) { return text.starts_with(scheme); });
}

ListenSettings read_listen(TomlSection section) {
  ListenSettings listen;
  listen.address = section.text("address", listen.address, 45);
  if (!is_ip_address(listen.address))
    section.refuse("address",
                   "expected an IP address such as \"127.0.0.1\", or \"0.0.0.0\" for all of this machine");
  listen.port = static_cast<std::uint16_t>(section.whole("port", {0, 65'535}, listen.port));
  listen.origins = section.texts("origins");
  if (!std::ranges::all_of(listen.origins, is_origin))
    section.refuse("origins", "expected origins such as \"https://vigie.example.org\", without a path");
  listen.behind_proxy = section.flag("behind_proxy", listen.behind_proxy);
  return listen;
}

std::filesystem::path read_folder(TomlSection& section, std::string const& key,
                                  std::filesystem::path const& fallback, std::filesystem::path const& base) {
  auto const written = section.text(key, fallback.string());
  if (written.empty()) section.refuse(key, "expected a folder");
  return (base / written).lexically_normal();
}

FolderSettings read_folders(TomlSection section, std::filesystem::path const& base) {
  FolderSettings folders;
  for (auto const& [key, folder] :
       {std::pair{"data", &folders.data}, std::pair{"services", &folders.services},
        std::pair{"places", &folders.places}, std::pair{"quarters", &folders.quarters},
        std::pair{"console", &folders.console}})
    *folder = read_folder(section, key, *folder, base);
  return folders;
}

MapSettings read_map(TomlSection section) {
  MapSettings map;
  map.tiles = section.text("tiles", "");
  map.attribution = section.text("attribution", "");
  if (std::ranges::any_of(map.attribution, [](unsigned char c) { return c < ' '; }))
    section.refuse("attribution", "expected one line of text");
  if (!map.tiles.empty() && !map.tiles.starts_with("https://") && !map.tiles.starts_with("http://"))
    section.refuse("tiles", "expected an address such as \"https://tiles.example.org/{z}/{x}/{y}.png\"");
  return map;
}

RedisSettings read_redis(TomlSection section, RedisUrls const& instead) {
  RedisSettings redis;
  redis.journal_url = section.text("journal_url", "");
  redis.presence_url = section.text("presence_url", "");
  if (!instead.journal.empty()) redis.journal_url = instead.journal;
  if (!instead.presence.empty()) redis.presence_url = instead.presence;
  redis.replicas_to_wait_for = static_cast<int>(section.whole("replicas_to_wait_for", {0, 5}, 0));
  redis.wait_at_most = section.time("wait_at_most", {10ms, 10s}, redis.wait_at_most);
  for (auto const& [key, url] :
       {std::pair{"journal_url", redis.journal_url}, std::pair{"presence_url", redis.presence_url}})
    if (!url.empty() && !is_redis_url(url))
      section.reject(key, "expected an address such as \"redis://127.0.0.1:6379/0\", "
                          "\"unix:/run/redis/redis.sock\", \"redis-sentinel://host,host/name\" or "
                          "\"redis-cluster://host,host\"");
  if (redis.embedded() && !redis.presence_url.empty())
    section.refuse("presence_url",
                   "stands without journal_url; give both, or neither for the embedded Redis");
  if (redis.embedded() && redis.replicas_to_wait_for > 0)
    section.refuse("replicas_to_wait_for", "stands without journal_url; the embedded Redis has no replicas");
  return redis;
}

SessionSettings read_sessions(TomlSection section) {
  SessionSettings sessions;
  sessions.idle = section.time("idle", {1min, 24h}, sessions.idle);
  sessions.absolute = section.time("absolute", {5min, 30 * 24h}, sessions.absolute);
  if (sessions.absolute < sessions.idle) section.refuse("absolute", "must not be shorter than sessions.idle");
  return sessions;
}

LimitSettings read_limits(TomlSection section) {
  LimitSettings limits;
  auto const size = [&](std::string const& key, std::int64_t min, std::int64_t max, std::size_t& value) {
    value = static_cast<std::size_t>(section.whole(key, {min, max}, static_cast<std::int64_t>(value)));
  };
  size("connections", 1, 1'000'000, limits.connections);
  size("frame_bytes", 1024, 1 << 20, limits.frame_bytes);
  size("http_body_bytes", 1024, 1 << 20, limits.http_body_bytes);
  size("queue_messages", 8, 100'000, limits.queue_messages);
  size("queue_bytes", 64 * 1024, 256 << 20, limits.queue_bytes);
  size("commands_waiting", 16, 1'000'000, limits.commands_waiting);
  size("connections_per_address", 1, 1'000'000, limits.connections_per_address);
  size("screens_per_account", 1, 1'000'000, limits.screens_per_account);
  auto const rate = [&](std::string const& key, int& value) {
    value = static_cast<int>(section.whole(key, {1, 1'000'000}, value));
  };
  rate("commands_per_second", limits.commands_per_second);
  rate("frames_per_second", limits.frames_per_second);
  limits.sign_ins_per_minute =
      static_cast<int>(section.whole("sign_ins_per_minute", {1, 10'000}, limits.sign_ins_per_minute));
  limits.fixes_per_second =
      static_cast<int>(section.whole("fixes_per_second", {1, 200}, limits.fixes_per_second));
  return limits;
}

TimingSettings read_timing(TomlSection section) {
  TimingSettings timing;
  timing.picture_tick = section.time("picture_tick", {10ms, 5s}, timing.picture_tick);
  timing.heartbeat = section.time("heartbeat", {1s, 5min}, timing.heartbeat);
  timing.handshake = section.time("handshake", {100ms, 1min}, timing.handshake);
  timing.command_answer = section.time("command_answer", {1s, 2min}, timing.command_answer);
  timing.drain = section.time("drain", {0ms, 5min}, timing.drain);
  return timing;
}

log::Options read_log(TomlSection section, std::filesystem::path const& base) {
  log::Options options;
  auto const level = log::level_named(section.text("level", "info"));
  if (!level) section.refuse("level", "expected debug, info, warn or error");
  options.level = level.value_or(options.level);
  auto const file = section.text("file", "");
  if (!file.empty()) options.file = (base / file).lexically_normal();
  options.json = section.flag("json", options.json);
  return options;
}

Settings read_root(TomlSection root, std::filesystem::path const& base, RedisUrls const& instead) {
  Settings settings;
  settings.listen = read_listen(root.section("listen"));
  settings.folders = read_folders(root.section("folders"), base);
  settings.map = read_map(root.section("map"));
  settings.redis = read_redis(root.section("redis"), instead);
  settings.sessions = read_sessions(root.section("sessions"));
  settings.limits = read_limits(root.section("limits"));
  settings.timing = read_timing(root.section("timing"));
  settings.log = read_log(root.section("log"), base);
  return settings;
}

} // namespace

Result<Settings, Problems> read_settings(std::filesystem::path const& file, RedisUrls const& instead) {
  Problems problems;
  auto const table = parse_toml(file, problems);
  if (!table) return Failure<Problems>(problems);
  auto const base = std::filesystem::absolute(file).parent_path();
  auto settings = read_root(TomlSection(*table, "", file.string(), problems), base, instead);
  if (!problems.empty()) return Failure<Problems>(problems);
  return settings;
}

} // namespace vigie::runtime
