// What an administrator mistypes, and what the machine does not allow: each verb says so, and does nothing by halves.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, root, Server } from "../support/server.mjs";

const binary = path.join(build, "server/vigie-server");
let server;

before(async () => (server = await Server.open()));
after(() => server?.close());

/** What the verb said, once it has ended with this code. */
async function said(code, ...verb) {
  const { code: ended, stdout, stderr } = await server.run(...verb);
  assert.equal(ended, code, `${verb.join(" ")}: ${stdout}${stderr}`);
  return stdout + stderr;
}

const opens = async (key) => (await fetch(`${server.origin}/metrics`, { headers: { authorization: `Bearer ${key}` } })).status === 200;
const made = async (...words) => (await said(0, "key", "metrics", ...words)).split("\n").find((line) => line.startsWith("vk_"));

test("an account is removed once, and by its right name", async () => {
  await said(0, "account", "add", "joel", "--service", "rennes", "--role", "dispatcher");
  assert.match(await said(1, "account", "remove", "jole"), /There is no such account/);
  assert.match(await said(0, "account", "list"), /^joel /m);
  assert.match(await said(0, "account", "remove", "joel"), /joel is removed/);
  assert.doesNotMatch(await said(0, "account", "list"), /^joel /m);
});

test("keys are listed, and one is taken back by its label", async () => {
  const key = await made("--label", "prometheus");
  assert.ok(await opens(key));
  assert.match(await said(0, "key", "list"), /^[0-9a-f]{12} {2}metrics +prometheus$/m);
  assert.match(await said(0, "key", "remove", "prometheus"), /opens nothing any more:\n[0-9a-f]{12} {2}metrics/);
  assert.ok(!(await opens(key)));
  assert.match(await said(1, "key", "remove", "prometheus"), /There is no such account or key/);
});

test("of two keys with one label, one is taken back by its number", async () => {
  const [first, second] = [await made("--label", "twice"), await made("--label", "twice")];
  const numbers = (await said(1, "key", "remove", "twice")).match(/^[0-9a-f]{12}(?= {2}metrics)/gm);
  assert.equal(numbers.length, 2);
  await said(0, "key", "remove", numbers[0]);
  assert.deepEqual([await opens(first), await opens(second)].sort(), [false, true]);
});

test("an account that could never be used is not made", async () => {
  const add = (name, ...words) => ["account", "add", name, "--service", "rennes", ...words];
  assert.match(await said(1, ...add("joël", "--role", "dispatcher")), /no accents/);
  assert.match(await said(1, ...add("x".repeat(65), "--role", "dispatcher")), /1 to 64/);
  assert.match(await said(2, ...add("handset", "--role", "team", "--team", "binome-99")), /no team binome-99; there are: binome-1 /);
  await said(0, ...add("handset", "--role", "team", "--team", "binome-1"));
  assert.doesNotMatch(await said(0, "account", "list"), /^jo|^xx/m);
});

/** A sample on the Redis of the first server that knows no account yet, with its data in another folder. */
function beside(data) {
  const other = new Server();
  other.folder = mkdtempSync(path.join(server.folder, "beside-"));
  other.writeConfig();
  other.options = ["--sample", "--redis-url", server.redisUrl("presence"), "--data-dir", path.join(other.folder, data)];
  return other;
}

test("sample accounts are made only where their passwords can be kept, in a folder and a file of the owner alone", async () => {
  const nowhere = beside("vigie.toml/data");
  await assert.rejects(nowhere.start(), /accounts\.json cannot be written/);
  assert.equal((await nowhere.run("account", "list")).stdout, "");
  const good = beside("deep/data");
  await good.start();
  await good.end();
  const file = path.join(good.folder, "deep/data/accounts.json");
  assert.equal(JSON.parse(readFileSync(file, "utf8")).accounts.length, (await good.run("account", "list")).stdout.split("\n").length - 1);
  assert.deepEqual([file, path.dirname(file)].map((place) => statSync(place).mode & 0o777), [0o600, 0o700]);
});

test("a sample whose passwords are lost says how to give new ones, and makes no more keys", async () => {
  const other = beside("elsewhere");
  const keys = (await other.run("key", "list")).stdout;
  await assert.rejects(other.start(), /Start without --sample; `vigie-server account list`/);
  assert.equal((await other.run("key", "list")).stdout, keys);
});

test("in a data folder without a journal nothing is read, and nothing made", async () => {
  const data = path.join(server.folder, "mistyped");
  const house = new Server();
  Object.assign(house, { config: server.config, options: ["--data-dir", data] });
  for (const verb of [["verify-journal"], ["log", "--service", "rennes"], ["account", "list"], ["account", "reset", "zoe"], ["key", "remove", "zoe"]]) {
    const { code, stderr } = await house.run(...verb);
    assert.match(stderr, /There is no journal in .*mistyped.*--data-dir/);
    assert.equal(code, 1);
  }
  assert.ok(!existsSync(data));
  assert.equal((await house.run("account", "add", "zoe", "--service", "rennes", "--role", "dispatcher")).code, 0);
  assert.match((await house.run("account", "list")).stdout, /^zoe /m);
});

test("a data folder may be called anything", async () => {
  const other = new Server();
  other.folder = mkdtempSync(path.join(server.folder, "[a] ?b=%20-"));
  other.writeConfig();
  other.options = [];
  await other.start();
  assert.match((await other.run("verify-journal")).stdout, /is whole/);
  await other.end();
});

const signsIn = async (house, { account, password }) => {
  const headers = { "content-type": "application/json", origin: house.origin };
  return (await fetch(`${house.origin}/api/v1/session`, { method: "POST", headers, body: JSON.stringify({ account, password }) })).status === 200;
};

test("every sample account that is shown opens the house: after its journal was begun anew, and an account removed", async () => {
  const other = new Server();
  other.folder = mkdtempSync(path.join(server.folder, "anew-"));
  other.writeConfig();
  other.options = ["--sample"];
  await other.start();
  const before = other.readAccess().accounts;
  await other.end();
  rmSync(path.join(other.folder, "journal"), { recursive: true });
  await other.start();
  const anew = other.readAccess().accounts;
  assert.deepEqual(anew.map(({ account }) => account), before.map(({ account }) => account));
  assert.ok(await signsIn(other, anew[0]));
  await other.run("account", "remove", anew[0].account);
  await other.end();
  await other.start();
  assert.deepEqual(other.readAccess().accounts, anew.slice(1));
  assert.ok(await signsIn(other, anew[1]));
  await other.end();
});

test("at an address of IPv6 the house is shown as a browser takes it", { skip: !existsSync("/proc/net/if_inet6") }, async () => {
  const other = configured(["[listen]", 'address = "::1"']);
  other.options = ["--sample"];
  await other.start();
  assert.match(other.origin, /^http:\/\/\[::1\]:\d+$/);
  const [account] = other.readAccess().accounts;
  assert.ok(await signsIn(other, account));
  assert.ok(readFileSync(path.join(other.folder, "accounts.json"), "utf8").includes(other.origin));
  await other.end();
});

/** A house that is not opened: with these lines of configuration, and the folders of `from`. */
function configured(more, from) {
  const other = new Server();
  other.folder = mkdtempSync(path.join(server.folder, "house-"));
  other.writeConfig(undefined, more, from);
  other.options = ["--redis-url", server.redisUrl("journal")];
  return other;
}

async function refused(house, sentence) {
  const { code, stdout, stderr } = await house.run("--check-config");
  assert.match(stderr, sentence);
  assert.doesNotMatch(stdout, /in order/);
  assert.equal(code, 2);
}

test("a configuration is in order only when the server can start on it", async () => {
  assert.match((await configured().run("--check-config")).stdout, /in order/);
  await refused(configured(["[listen]", 'address = "localhost"']), /vigie\.toml:\d+: listen\.address: expected an IP address/);
  const badly = configured([]);
  badly.options = ["--redis-url", "redis://127.0.0.1:99999", "--presence-url", "redis-sentinel://one,two"];
  await refused(badly, /redis\.journal_url: .+\nredis\.presence_url: after the Sentinels/);
  const nowhere = configured();
  nowhere.writeConfig(path.join(nowhere.folder, "c".repeat(300)));
  await refused(nowhere, /folders\.console: .*File name too long/);
  assert.match((await nowhere.run("--port", "0")).stderr, /vigie-server: folders\.console: .*File name too long/);
  await refused(configured(["[log]", 'file = "vigie.toml/vigie.log"']), /log\.file: .+ cannot be written/);
});

test("quarters that no map can draw are told before the night", async () => {
  const from = mkdtempSync(path.join(server.folder, "config-"));
  cpSync(path.join(root, "config"), from, { recursive: true });
  const file = path.join(from, "quarters/rennes.geojson");
  const whole = readFileSync(file, "utf8");
  for (const [text, sentence] of [
    ["", /rennes\.geojson: is empty/],
    [whole.slice(0, -20), /rennes\.geojson: malformed JSON/],
    [whole.replace("FeatureCollection", "Features"), /rennes\.geojson: type: expected "FeatureCollection"/],
    [whole.replace('"geometry"', '"shape"'), /rennes\.geojson: features\[0\]\.geometry: expected a geometry/],
  ]) {
    writeFileSync(file, text);
    await refused(configured([], from), sentence);
    const served = await configured([], from).run();
    assert.equal(served.code, 1);
    assert.match(served.stderr, sentence);
  }
  writeFileSync(file, `\ufeff${whole}`);
  assert.match((await configured([], from).run("--check-config")).stdout, /in order/);
});

test("a log file that cannot be opened ends the server with a sentence, and no other verb", async () => {
  const house = configured(["[log]", 'file = "vigie.toml/vigie.log"']);
  const served = await house.run();
  assert.equal(served.code, 1);
  assert.match(served.stderr, /^vigie-server: The log file .+ cannot be opened/m);
  assert.equal((await house.run("account", "list")).code, 0);
});

test("a log file that was moved away is opened anew at SIGHUP, one that cannot be is written on", async () => {
  const house = configured(["[log]", 'file = "logs/vigie.log"']);
  const logs = path.join(house.folder, "logs");
  const [file, moved] = ["vigie.log", "vigie.log.1"].map((name) => path.join(logs, name));
  await house.start();
  renameSync(file, moved);
  house.process.kill("SIGHUP");
  await house.until(() => existsSync(file), "there is a new log file");
  renameSync(logs, `${logs}.away`);
  writeFileSync(logs, "");
  house.process.kill("SIGHUP");
  const kept = path.join(`${logs}.away`, "vigie.log");
  await house.until(() => readFileSync(kept, "utf8").includes("is written on"), "the open one says so");
  assert.deepEqual(await house.end(), { code: 0, signal: null });
});

test("only serving makes the log file", async () => {
  const house = configured(["[log]", 'file = "vigie.log"']);
  await house.run("account", "list");
  await house.run("--check-config");
  assert.ok(!existsSync(path.join(house.folder, "vigie.log")));
});

test("a script refuses what it does not know before it does anything", () => {
  for (const [name, ...words] of [["build", "--jobs"], ["test", "--fast"], ["test", "unit"], ["bench", "--fast"], ["bench", "--only"], ["night", "--seed"], ["night", "--fast", "1"]]) {
    const { status, stdout, stderr } = spawnSync(path.join(root, "scripts", name), words, { encoding: "utf8" });
    assert.match(stderr, new RegExp(`without its value: ${words[0]}\n  scripts/${name}`));
    assert.equal(stdout, "");
    assert.equal(status, 1);
  }
});

test("a script refuses a value with which it would do nothing, or never end", () => {
  const refused = [["bench", "--only", "typo"], ["bench", "--rounds", "0"], ["bench", "--rounds", "abc"], ["night", "--data-dir", "/nope/x"], ["night", "--calls", "0"],
    ["fuzz", "--seconds", "0"], ["fuzz", "--seed", "0"], ["soak", "--kills", "0"], ["soak", "--nights", "0"], ["soak", "--nights", "1", "--seed", "x"], ["tidy", "nowhere.cpp"]];
  for (const [name, ...words] of refused) {
    const { status, stdout, stderr } = spawnSync(path.join(root, "scripts", name), words, { encoding: "utf8", timeout: 10_000 });
    assert.match(stderr, /^✗ (--\w+ needs a whole number|There is no (figure|folder|file) )/, `${name} ${words.join(" ")}`);
    assert.deepEqual([status, stdout], [1, ""]);
  }
});

test("an answer that could not be written is no success", () => {
  for (const verb of [["log", "--service", "rennes"], ["key", "list"]]) {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(binary, ["--config", server.config, ...verb], { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
    closeSync(full);
    assert.match(stderr, /could not be written.*is the disk full\?/);
    assert.equal(status, 1);
  }
});
