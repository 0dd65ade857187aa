// Redis goes away while people work: the screens keep the picture and are told; it comes back, and so does all the rest, alone.
import assert from "node:assert/strict";
import { renameSync, symlinkSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chance } from "../night/chance.mjs";
import { temporaryFolder } from "../support/leavings.mjs";
import { Server } from "../support/server.mjs";
import { until } from "../support/until.mjs";
import { Crowd, roomForMany } from "./crowd.mjs";
import { judge } from "./judge.mjs";
import { seed } from "./seed.mjs";
import { Steadfast } from "./steadfast.mjs";
import { openRequest } from "./words.mjs";

const luck = chance(seed("outages"));
const cookies = new Map();
const programs = temporaryFolder();
const program = path.join(programs, "redis-server");
let server, crowd;

before(async () => {
  symlinkSync("/usr/bin/redis-check-rdb", program);
  server = await Server.open({ config: roomForMany, environment: { PATH: programs } });
  crowd = await Crowd.gather(server, luck, cookies);
});

after(async () => {
  crowd?.leave();
  await Steadfast.leaveAll();
  await server?.close();
});

const said = (available) => Promise.all(crowd.clients.map((client) =>
  client.until(() => client.states.at(-1) === available, `it is told that the journal is ${available ? "back" : "away"}`)));

const isReady = async (status) => (await fetch(`${server.origin}/readyz`)).status === status;

/** What everybody sees while the journal is away. */
async function liveWithout() {
  const [operator] = crowd.clients;
  const shown = operator.picture();
  const answer = await operator.submit(openRequest(luck, operator.service));
  assert.equal(answer.reason, "journal_unavailable");
  assert.ok(await isReady(503), "/readyz says that the server is not ready");
  assert.equal((await fetch(`${server.origin}/healthz`)).status, 200);
  assert.deepEqual(operator.picture(), shown, "the screen keeps what it shows");
}

async function workAgain() {
  await said(true);
  await server.until(() => isReady(200), "/readyz is green again");
  await crowd.more(20);
  await crowd.rest();
  for (const { closes } of crowd.clients) assert.deepEqual(closes, [], "nobody was cut off");
  await judge(server, crowd.clients, cookies);
}

async function killWhileTheySend(duty) {
  crowd.start();
  await crowd.more(Math.floor(luck.between(5, 40)));
  const killed = server.redisPid(duty);
  process.kill(killed, "SIGKILL");
  return killed;
}

test("the journal's Redis is killed: it is started again, and everybody works on", async () => {
  const killed = await killWhileTheySend("journal");
  await said(false);
  await workAgain();
  assert.notEqual(server.redisPid("journal"), killed);
  assert.match(server.log, /journal\/redis\.sock ended; starting it again\n.*redis\.sock said: /);
});

test("the journal's Redis is killed and cannot be started for a while: the server says so, keeps the picture, and tries on", async () => {
  renameSync(program, `${program}.away`);
  await killWhileTheySend("journal");
  await said(false);
  await server.until(() => server.log.includes("There is no Redis on this machine"), "the server has tried in vain");
  await liveWithout();
  renameSync(`${program}.away`, program);
  await workAgain();
});

test("the journal's Redis stands still for eight seconds: commands wait or are refused, none is lost or done twice", async () => {
  crowd.start();
  await crowd.more(Math.floor(luck.between(5, 40)));
  const redis = server.redisPid("journal");
  process.kill(redis, "SIGSTOP");
  const stopped = Date.now();
  try {
    await said(false);
    await liveWithout();
    await sleep(Math.max(0, stopped + 8000 - Date.now()));
  } finally {
    process.kill(redis, "SIGCONT");
  }
  await workAgain();
  assert.equal(server.redisPid("journal"), redis, "the same Redis goes on");
});

test("the presence Redis is killed: commands go on as if nothing were, and it is started again", async () => {
  const killed = await killWhileTheySend("presence");
  const before = crowd.clients.map(({ states }) => states.length);
  await crowd.more(20);
  await crowd.rest();
  await until(() => ![undefined, killed].includes(server.redisPid("presence")), "presence has a Redis again");
  assert.deepEqual(crowd.clients.map(({ states }) => states.length), before, "the journal was never away");
  await judge(server, crowd.clients, cookies);
});
