#pragma once

#include "protocol/result.hpp"
#include "runtime/log.hpp"
#include "runtime/problem.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace vigie::runtime {

/// Where the server listens, and under which addresses browsers know it.
struct ListenSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;        ///< 0: any free one
  std::vector<std::string> origins; ///< `https://vigie.example.org`; empty: this machine only
  bool behind_proxy = false;        ///< believe X-Forwarded-For
};

/// Folders; relative ones are relative to the configuration file.
struct FolderSettings {
  std::filesystem::path data = "../var/sample";
  std::filesystem::path services = "services";
  std::filesystem::path places = "places";
  std::filesystem::path quarters = "quarters";
  std::filesystem::path console = "../build/release/console/dist";
};

/// What lies under the quarters on the map.
struct MapSettings {
  std::string tiles;       ///< address of raster tiles, with {z}, {x}, {y}; empty: none
  std::string attribution; ///< whose map it is, shown on it
};

/// Without addresses the server starts two Redis of its own.
struct RedisSettings {
  std::string journal_url;                       ///< empty: the embedded one
  std::string presence_url;                      ///< empty: the journal's, or the embedded one
  int replicas_to_wait_for = 0;                  ///< of the journal's Redis, before a command is answered
  std::chrono::milliseconds wait_at_most{1'000}; ///< for these replicas; then the journal counts as away
  bool embedded() const { return journal_url.empty(); }
};

struct SessionSettings {
  std::chrono::milliseconds idle = std::chrono::hours(2);
  std::chrono::milliseconds absolute = std::chrono::hours(14);
};

/// What one process takes on at the most.
struct LimitSettings {
  std::size_t connections = 12'000;
  std::size_t frame_bytes = 64 * 1024;         ///< of one frame from a client
  std::size_t http_body_bytes = 64 * 1024;     ///< of one HTTP request
  std::size_t queue_messages = 2000;           ///< waiting to go out to one client
  std::size_t queue_bytes = 1024 * 1024;       ///< waiting to go out to one client
  std::size_t commands_waiting = 4'096;        ///< of one service, for the journal
  int sign_ins_per_minute = 20;                ///< from one address
  int fixes_per_second = 5;                    ///< from one handset
  std::size_t connections_per_address = 4'000; ///< a town's people may share one address
  std::size_t screens_per_account = 50;
  int commands_per_second = 20; ///< of one account, and twice as many at once
  int frames_per_second = 100;  ///< of one connection, and twice as many at once
};

struct TimingSettings {
  std::chrono::milliseconds picture_tick{100}; ///< between two pictures of moving teams
  std::chrono::milliseconds heartbeat{15'000}; ///< a client silent for twice this is cut off
  std::chrono::milliseconds handshake{5'000};  ///< to finish an HTTP request's head or a WebSocket handshake
  std::chrono::milliseconds command_answer{10'000}; ///< then the client is told that the journal is away
  std::chrono::milliseconds drain{10'000};          ///< to finish what is under way when stopping
};

/// Everything `vigie.toml` says, with its defaults.
struct Settings {
  ListenSettings listen;
  FolderSettings folders;
  MapSettings map;
  RedisSettings redis;
  SessionSettings sessions;
  LimitSettings limits;
  TimingSettings timing;
  log::Options log;
};

/// Addresses that are given elsewhere, in place of the file's; empty: none.
struct RedisUrls {
  std::string journal;
  std::string presence;
};

/// Reads the file; answers everything that is wrong in it. Folders come back absolute.
Result<Settings, Problems> read_settings(std::filesystem::path const& file, RedisUrls const& instead = {});

} // namespace vigie::runtime
