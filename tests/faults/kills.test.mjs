// The server is killed, again and again, while eight people send commands as fast as they are answered.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chance } from "../night/chance.mjs";
import { Server, isAlive } from "../support/server.mjs";
import { until } from "../support/until.mjs";
import { Crowd, roomForMany } from "./crowd.mjs";
import { judge } from "./judge.mjs";
import { seed } from "./seed.mjs";
import { Steadfast } from "./steadfast.mjs";

const kills = Number(process.env.VIGIE_KILLS ?? 8);
const luck = chance(seed("kills"));
const cookies = new Map();
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

for (let kill = 1; kill <= kills; ++kill) {
  const answers = Math.floor(luck.between(1, 40));
  const moment = luck.between(0, 40);
  const redisToo = luck.happens(0.5);
  test(`kill ${kill}: ${answers} answers and ${moment.toFixed(1)} ms later${redisToo ? ", with its Redis" : ""}`, async () => {
    const redis = ["journal", "presence"].map((duty) => server.redisPid(duty));
    crowd.start();
    await crowd.more(answers);
    await sleep(moment);
    if (redisToo) process.kill(redis[0], "SIGKILL");
    assert.equal((await server.end("SIGKILL")).signal, "SIGKILL");
    await until(() => !redis.some(isAlive), "no Redis is left of the killed server");
    await server.start();
    await crowd.more(20);
    await crowd.rest();
    await judge(server, crowd.clients, cookies);
  });
}

test("nobody was signed out, and nobody was cut off for anything but the kills", () => {
  const reasons = new Set(crowd.clients.flatMap(({ closes }) => closes));
  assert.deepEqual([...reasons], [1006]);
  const resent = crowd.clients.reduce((sum, client) => sum + client.resent, 0);
  assert.ok(resent > 0, "no kill fell between a command and its answer: nothing was tried");
});
