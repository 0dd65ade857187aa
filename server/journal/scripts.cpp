#include "journal/scripts.hpp"

namespace vigie::journal {

redis::Script append_script() {
  static redis::Script const script(R"lua(
local function present_end(journal)
  if redis.call('EXISTS', journal) == 0 then return 0, nil, 0 end
  local info, version, hash, generated = redis.call('XINFO', 'STREAM', journal), 0, nil, 0
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then generated = tonumber(string.match(info[i + 1], '^%d+')) end
    if info[i] == 'last-entry' and info[i + 1] then
      version = tonumber(string.match(info[i + 1][1], '^%d+'))
      hash = info[i + 1][2][4]
    end
  end
  return version, hash, generated
end

local before = tonumber(ARGV[1])
local version, hash, generated = present_end(KEYS[1])
if generated ~= version then return {'cut', version} end
if version ~= before or (hash and hash ~= ARGV[2]) then return {'conflict', version} end

local at = 6
for n = 1, tonumber(ARGV[3]) do
  redis.call('XADD', KEYS[1], string.format('%.0f-0', before + n), 'commit', ARGV[at], 'hash', ARGV[at + 1])
  at = at + 2
end

local kept_for = ARGV[at]
at = at + 1
for k = 2, #KEYS do
  local fields = tonumber(ARGV[at])
  at = at + 1
  for _ = 1, fields do
    redis.call('HSET', KEYS[k], ARGV[at], ARGV[at + 1])
    at = at + 2
  end
  redis.call('PEXPIRE', KEYS[k], kept_for)
end
redis.pcall('PUBLISH', ARGV[4], ARGV[5])
return {'taken', before + tonumber(ARGV[3])}
)lua");
  return script;
}

redis::Script snapshot_script() {
  static redis::Script const script(R"lua(
local stored = redis.call('HMGET', KEYS[1], 'version', 'format', 'hash')
if stored[1] and stored[2] == ARGV[2] and tonumber(stored[1]) >= tonumber(ARGV[1]) then
  local entry = redis.call('XRANGE', KEYS[2], stored[1], stored[1])[1]
  if entry and entry[2][4] == stored[3] then return 'newer' end
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'format', ARGV[2], 'hash', ARGV[3], 'state', ARGV[4])
return 'stored'
)lua");
  return script;
}

redis::Script rename_script() {
  static redis::Script const script(R"lua(
if redis.call('HGET', KEYS[1], 'line') ~= ARGV[1] then return 'renamed' end
redis.call('HSET', KEYS[1], 'line', ARGV[2])
return 'taken'
)lua");
  return script;
}

} // namespace vigie::journal
