// Ten times the country's load on one server process: 200 services, 10,000 handsets with ten positions a second each,
// 1,000 desks, 2,000 commands a second. On a small machine that is more than there is processor for. Where a process may
// not hold so many lines, there are as many services as it may.
import assert from "node:assert/strict";
import { execFile, execSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Ground, load } from "../bench/lib/ground.mjs";
import { build } from "../bench/lib/processes.mjs";
import { handshake } from "../hostile/wire.mjs";
import { until } from "../support/until.mjs";

const people = { desks: 5, handsets: 50 }; // of a service
const lines = Number(execSync("ulimit -n", { shell: "/bin/bash" })) || Infinity;
const services = Math.min(200, Math.floor((lines - 1_000) / (people.desks + people.handsets)));
const crowd = { services, ...people };
const screens = services * (people.desks + people.handsets);
const room = 20; // left for others
const once = { commands: services, fixes: services * people.handsets, seconds: 4, warm_up: 1 };
const tenfold = { commands: 10 * once.commands, fixes: 10 * once.fixes, together: 5, seconds: 6, warm_up: 1 };
let ground, answered, key;

const programs = ["server/vigie-server", "tests/bench/vigie_bench_commands", "tests/bench/vigie_bench_ground"];

before(async () => {
  for (const program of programs) assert.ok(existsSync(path.join(build, program)), `build it first: scripts/build ${path.basename(program)}`);
  assert.ok(services > 0, `a process may hold ${lines} lines: too few`);
  const limits = [`connections = ${screens + room}`, "fixes_per_second = 20"]; // a handset may say twice as much as it does here
  ground = await Ground.open({ services: crowd.services, teams: crowd.handsets, desks: crowd.desks, limits });
  await ground.openServer();
  answered = path.join(ground.folder, "answered");
  const words = ["--config", path.join(ground.folder, "vigie.toml"), "--redis-url", `unix:${ground.journal.socket}`, "key", "metrics"];
  [key] = (await promisify(execFile)(path.join(build, "server/vigie-server"), words)).stdout.split("\n");
});

after(() => ground?.close());

const play = (words) => load("load", { port: ground.port, ...crowd, ...words, pids: ground.pids, answered });

const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${ground.server.pid}/status`, "utf8"))[1]) / 1024;

async function figure(line) {
  const response = await fetch(`http://127.0.0.1:${ground.port}/metrics`, { headers: { authorization: `Bearer ${key}` } });
  const found = (await response.text()).split("\n").find((text) => text.startsWith(`${line} `));
  return Number(found.slice(line.length));
}

const skippedFixes = () => figure('vigie_fixes_total{result="skipped"}');

/** Every screen stayed; every command was answered, or refused as too much; what was taken stands in its journal once. */
async function nothingIsLost(told) {
  assert.equal(told.lost, 0, `screens lost (${told.close_code})`);
  assert.equal(told.to_answer.count + told.rejected, told.commands, "every command is answered");
  assert.ok(told.to_answer.count > told.rejected, `${told.rejected} of ${told.commands} commands refused`);
  await load("check", { ...ground.names(), answered }, { name: "vigie_bench_ground" });
}

/** Once all screens are there, takes the places that are left with lines that say nothing, and knocks. */
async function knockAtAFullHouse() {
  await until(async () => (await figure("vigie_connections")) >= screens, "all screens are there");
  const silent = Array.from({ length: room }, () => net.connect(ground.port, "127.0.0.1").on("error", () => {}));
  const refusal = await until(async () => {
    const answer = await knock();
    return answer.startsWith("HTTP/1.1 503") && answer;
  }, "a full house refuses");
  for (const line of silent) line.destroy();
  return refusal;
}

/** What the server answers to a handshake, as far as it says it at once. */
function knock() {
  const origin = `http://127.0.0.1:${ground.port}`;
  return new Promise((resolve) => {
    let said = "";
    const line = net.connect(ground.port, "127.0.0.1", () => line.write(handshake({ origin, port: ground.port }, { Origin: origin })));
    line.on("data", (bytes) => ((said += bytes), line.destroy())).on("error", () => {}).on("close", () => resolve(said));
  });
}

test("at ten times the country's load nothing is lost, pictures give way, strangers wait outside, and memory is bounded", async (t) => {
  const usual = await play(once);
  await nothingIsLost(usual);
  const skippedBefore = await skippedFixes();
  const [much, refusal] = await Promise.all([play(tenfold), knockAtAFullHouse()]);
  await nothingIsLost(much);
  const grown = resident();
  const skipped = (await skippedFixes()) - skippedBefore;
  const pictures = (told) => told.pictures / told.seconds;
  const latency = ({ to_answer }) => `${to_answer.p50_ms.toFixed(1)} and ${to_answer.p99_ms.toFixed(1)} ms`;
  t.diagnostic(`commands answered within (50 and 99 of 100): ${latency(usual)} → ${latency(much)}; ${much.rejected} of ${much.commands} refused`);
  t.diagnostic(`pictures ${pictures(usual).toFixed(0)} → ${pictures(much).toFixed(0)} a second, ${skipped} positions skipped, ${grown.toFixed(0)} MiB`);
  assert.match(refusal, /\r\nRetry-After: \d+\r\n/i);
  await t.test("pictures give way", { skip: skipped === 0 && "this machine kept up with ten times the load: nothing had to give way, and how it does was not tried" }, () =>
    assert.ok(pictures(much) < pictures(usual), "a server that was behind sent fewer pictures"));
  await nothingIsLost(await play(tenfold));
  assert.ok(resident() < grown + 64, `memory stays: ${grown} MiB, then ${resident()} MiB`);
});

test("afterwards everything is as usual", async () => {
  await until(async () => !(await knock()).startsWith("HTTP/1.1 503"), "strangers are let in again");
  const usual = await play(once);
  await nothingIsLost(usual);
  assert.ok(usual.pictures > 0);
});
