// Somebody with the machine in their hands changes the log of a night: verify-journal says from which commit on it is not to be believed.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { chance } from "../night/chance.mjs";
import { Server } from "../support/server.mjs";
import { until } from "../support/until.mjs";
import { Crowd, roomForMany } from "./crowd.mjs";
import { seed } from "./seed.mjs";
import { Steadfast } from "./steadfast.mjs";

const key = "vigie:{rennes}:journal";
let server, redis, length;

/** A night of some forty commits, then only its Redis, started by hand. */
before(async () => {
  server = await Server.open({ config: roomForMany });
  const crowd = await Crowd.gather(server, chance(seed("tampering")), new Map());
  crowd.start();
  await crowd.more(40);
  await crowd.rest();
  await Steadfast.leaveAll();
  await server.end();
  await startRedis();
  length = Number(command("XLEN", key));
  command("COPY", key, "kept");
});

after(async () => {
  if (redis) {
    const ended = new Promise((resolve) => redis.once("exit", resolve));
    redis.kill();
    await ended;
  }
  await server?.close();
});

async function startRedis() {
  const program = path.join(server.folder, "redis-server");
  symlinkSync("/usr/bin/redis-check-rdb", program);
  const folder = path.join(server.folder, "journal");
  const rules = ["--port", "0", "--unixsocket", path.join(folder, "redis.sock"), "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always"];
  redis = spawn(program, rules, { stdio: "ignore" });
  await until(() => command("PING") === "PONG", "the Redis of the stopped server answers");
}

function command(...words) {
  const socket = path.join(server.folder, "journal/redis.sock");
  return execFileSync("redis-cli", ["-s", socket, "-e", ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/** Writes the journal anew with its entries changed by a piece of Lua. */
function rewrite(change) {
  command("EVAL", `local entries = redis.call('XRANGE', KEYS[1], '-', '+')
    ${change}
    redis.call('DEL', KEYS[1])
    for _, entry in ipairs(entries) do redis.call('XADD', KEYS[1], entry[1], unpack(entry[2])) end`, "1", key);
}

async function notWholeFrom(commit) {
  const { code, stdout } = await server.verify();
  assert.match(stdout, new RegExp(`not whole from commit ${commit} on: .+`));
  assert.equal(code, 3);
  command("COPY", "kept", key, "REPLACE");
  assert.equal((await server.verify()).code, 0, "put back, the journal is whole again");
}

test("the journal of a stopped server is whole", async () => {
  const { code, stdout } = await server.verify();
  assert.equal(code, 0);
  assert.match(stdout, new RegExp(`is whole: ${length} commits`));
});

test("written anew without a change, it is the same journal", async () => {
  rewrite("");
  assert.equal((await server.verify()).code, 0);
});

test("a changed commit", async () => {
  rewrite(`entries[17][2][2] = string.gsub(entries[17][2][2], '"at_ms":(%d)', '"at_ms":9', 1)`);
  await notWholeFrom(17);
});

test("a changed hash", async () => {
  rewrite(`entries[9][2][4] = string.reverse(entries[9][2][4])`);
  await notWholeFrom(9);
});

test("a missing commit", async () => {
  command("XDEL", key, "21-0");
  await notWholeFrom(21);
});

test("a missing commit, with those after it moved up", async () => {
  rewrite(`for n = 21, #entries - 1 do entries[n][2] = entries[n + 1][2] end entries[#entries] = nil`);
  await notWholeFrom(21);
});

test("two commits in the other order", async () => {
  rewrite(`entries[12][2], entries[13][2] = entries[13][2], entries[12][2]`);
  await notWholeFrom(12);
});

test("the end cut off", async () => {
  command("XDEL", key, `${length}-0`);
  await notWholeFrom(length);
});

test("the end cut off and the stream written anew: the snapshot knows better", async () => {
  rewrite(`entries[#entries] = nil`);
  await notWholeFrom(length);
});

test("a changed snapshot", async () => {
  const snapshot = "vigie:{rennes}:snapshot";
  const state = command("HGET", snapshot, "state");
  const { last_request_number: last } = JSON.parse(state);
  command("HSET", snapshot, "state", state.replace(`"last_request_number":${last}`, `"last_request_number":${last + 1}`));
  const { code, stdout } = await server.verify();
  assert.match(stdout, /is whole: .+\nThe snapshot at commit \d+ was changed/);
  assert.equal(code, 3);
  command("HSET", snapshot, "state", state);
  assert.equal((await server.verify()).code, 0);
});

test("all gone", async () => {
  command("DEL", key);
  await notWholeFrom(1);
});
