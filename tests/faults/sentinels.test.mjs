// Two server processes on a primary with replicas under Sentinels: the primary dies, and another is chosen. Nobody is
// answered before a replica holds what he did.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chance } from "../night/chance.mjs";
import { Sentinels } from "../support/redis_town.mjs";
import { Server } from "../support/server.mjs";
import { until } from "../support/until.mjs";
import { Crowd, roomForMany } from "./crowd.mjs";
import { judge } from "./judge.mjs";
import { seed } from "./seed.mjs";
import { Steadfast } from "./steadfast.mjs";

const luck = chance(seed("sentinels"));
const cookies = new Map();
let town, one, other, crowds;

before(async () => {
  town = await Sentinels.open();
  one = await Server.open({ redis: town.url, config: [...roomForMany, "[redis]", "replicas_to_wait_for = 1"] });
  other = await one.openBeside();
  crowds = [await Crowd.gather(one, luck, cookies), await Crowd.gather(other, luck, cookies)];
});

after(async () => {
  crowds?.forEach((crowd) => crowd.leave());
  await Steadfast.leaveAll();
  await other?.close();
  await one?.close();
  await town?.close();
});

/** Both crowds work, the primary is lost in some way, they work on, and nothing is lost. */
async function whileTheyWork(lose) {
  const before = await town.untilInStep();
  crowds.forEach((crowd) => crowd.start());
  await Promise.all(crowds.map((crowd) => crowd.more(Math.floor(luck.between(10, 30)))));
  await lose(before);
  await Promise.all(crowds.map((crowd) => crowd.more(30)));
  await Promise.all(crowds.map((crowd) => crowd.rest()));
  const next = await town.primary();
  assert.notEqual(next, before);
  assert.equal(await next.role(), "master");
  for (const server of [one, other]) await judge(server, crowds.flatMap(({ clients }) => clients), cookies);
}

test("the primary stands still until another has its place, and awakes: it is believed no more", () =>
  whileTheyWork(async (primary) => {
    primary.freeze();
    await until(async () => (await town.primary()) !== primary, "the Sentinels name another");
    await Promise.all(crowds.map((crowd) => crowd.more(10)));
    primary.thaw();
  }));

test("the primary is killed: both processes find the one that takes over", async () => {
  await whileTheyWork((primary) => primary.kill());
  assert.equal((await one.run("account", "list")).code, 0);
});
