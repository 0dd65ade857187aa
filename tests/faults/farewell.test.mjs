// The server is stopped in the middle of the work: everybody is told to come back, nothing answered is lost, no Redis stays behind.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chance } from "../night/chance.mjs";
import { Server, isAlive } from "../support/server.mjs";
import { until } from "../support/until.mjs";
import { Crowd, roomForMany } from "./crowd.mjs";
import { judge } from "./judge.mjs";
import { seed } from "./seed.mjs";
import { Steadfast } from "./steadfast.mjs";

const luck = chance(seed("farewell"));
const cookies = new Map();
const redisPids = () => ["journal", "presence"].map((duty) => server.redisPid(duty));
let server, crowd;

before(async () => {
  server = await Server.open({ config: roomForMany });
  crowd = await Crowd.gather(server, luck, cookies);
});

after(async () => {
  crowd?.leave();
  await Steadfast.leaveAll();
  await server?.close();
});

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"])
  test(`${signal} while eight people send: each is closed with 1012, and finds all again`, async () => {
    for (const client of crowd.clients) client.closes = [];
    const redis = redisPids();
    crowd.start();
    await crowd.more(Math.floor(luck.between(1, 40)));
    const { code } = await server.end(signal);
    assert.equal(code, 0, server.log);
    assert.deepEqual(redis.filter(isAlive), [], "both Redis servers have gone before the server");
    assert.doesNotMatch(server.log, / (warning|error) /, "a stop is no trouble");
    await server.start();
    await crowd.more(20);
    await crowd.rest();
    // The first close is the farewell; while nobody listens, further attempts fail.
    assert.deepEqual(crowd.clients.map(({ closes }) => closes[0]), crowd.clients.map(() => 1012));
    await judge(server, crowd.clients, cookies);
  });

test("after SIGKILL no Redis stays behind either, and the folder can be used again at once", async () => {
  const redis = redisPids();
  await server.end("SIGKILL");
  await server.start();
  await until(() => !redis.some(isAlive), "the Redis servers of the killed process have gone");
  for (const client of crowd.clients) await client.until(() => client.welcomed, "it is welcome again");
  await judge(server, crowd.clients, cookies);
});

test("a server whose Redis does not answer says what to do, and ends", async () => {
  const { code, stderr } = await server.run("--port", "0", "--redis-url", "unix:/nowhere/redis.sock", "--presence-url", "unix:/nowhere/redis.sock");
  assert.equal(code, 1);
  assert.match(stderr, /does not answer at unix:\/nowhere\/redis.sock.*--redis-url/);
});

test("a second server in the same folder is refused with a sentence that says what to do", async () => {
  const { code, stderr } = await server.run("--sample");
  assert.equal(code, 1);
  assert.match(stderr, /in use by another server.*--data-dir/s);
});
