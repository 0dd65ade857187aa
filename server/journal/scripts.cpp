#include "journal/scripts.hpp"

namespace vigie::journal {

namespace {

constexpr auto append_in_lua = R"lua(
local function last_entry(journal)
  local last = redis.call('XREVRANGE', journal, '+', '-', 'COUNT', 1)[1]
  if not last then return 0, nil end
  return tonumber(string.match(last[1], '^%d+')), last[2][4]
end

local function was_cut_after(version, journal)
  if redis.call('EXISTS', journal) == 0 then return false end
  local info = redis.call('XINFO', 'STREAM', journal)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return tonumber(string.match(info[i + 1], '^%d+')) ~= version end
  end
end

local function refusal(version, otherwise)
  return was_cut_after(version, KEYS[1]) and {'cut', version} or otherwise
end

local at = 4
local function next_argument()
  at = at + 1
  return ARGV[at]
end

local function refused_before(commands)
  local found = {}
  for k = 2, 3 do
    local kept = #commands > 0 and redis.call('HMGET', KEYS[k], unpack(commands)) or {}
    for i = 1, #kept do
      if kept[i] then
        table.insert(found, commands[i])
        table.insert(found, kept[i])
      end
    end
  end
  return found
end

local before = tonumber(ARGV[1])
local version, hash = last_entry(KEYS[1])
if version ~= before or (hash and hash ~= ARGV[2]) then return refusal(version, {'conflict', version}) end

local asked = {}
for i = 1, tonumber(next_argument()) do asked[i] = next_argument() end
local found = refused_before(asked)
if #found > 0 then return {'refused', found} end

local commits = tonumber(next_argument())
for n = 1, commits do
  local id = string.format('%.0f-0', before + n)
  local added = redis.pcall('XADD', KEYS[1], id, 'commit', next_argument(), 'hash', next_argument())
  if type(added) == 'table' then return refusal(version, added) end -- an error, of the first if of any
end

local refused = tonumber(next_argument())
if refused > 0 then
  if redis.call('HLEN', KEYS[2]) >= 5000 then redis.call('RENAME', KEYS[2], KEYS[3]) end
  for _ = 1, refused do redis.call('HSET', KEYS[2], next_argument(), next_argument()) end
  redis.call('EXPIRE', KEYS[2], 24 * 3600)
end

local kept_for = next_argument()
for k = 4, #KEYS do
  for _ = 1, tonumber(next_argument()) do redis.call('HSET', KEYS[k], next_argument(), next_argument()) end
  redis.call('PEXPIRE', KEYS[k], kept_for)
end
if commits > 0 then redis.pcall('PUBLISH', ARGV[3], ARGV[4]) end
return {'taken', before + commits}
)lua";

} // namespace

redis::Script append_script() {
  static redis::Script const script(append_in_lua);
  return script;
}

redis::Script asking_script() {
  static redis::Script const script("return redis.call('HINCRBY', KEYS[1], 'asked', 1)");
  return script;
}

redis::Script reading_script() {
  static redis::Script const script(R"lua(
local found = redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', ARGV[2])
local news = found[#found]
if news and tonumber(string.match(news[1], '^%d+')) > tonumber(ARGV[3]) then
  redis.call('HINCRBY', KEYS[2], 'asked', 1)
end
return found
)lua");
  return script;
}

redis::Script time_script() {
  static redis::Script const script("return redis.call('TIME')");
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
