// Two server processes on a Redis cluster, while its primaries die, change places and hand the service on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chance } from "../night/chance.mjs";
import { Cluster } from "../support/redis_town.mjs";
import { Server } from "../support/server.mjs";
import { until } from "../support/until.mjs";
import { Crowd, roomForMany } from "./crowd.mjs";
import { judge } from "./judge.mjs";
import { seed } from "./seed.mjs";
import { Steadfast } from "./steadfast.mjs";

const luck = chance(seed("cluster"));
const cookies = new Map();
let town, one, other, crowds, slot;

before(async () => {
  town = await Cluster.open();
  one = await Server.open({ redis: town.url, config: roomForMany });
  other = await one.openBeside();
  crowds = [await Crowd.gather(one, luck, cookies), await Crowd.gather(other, luck, cookies)];
  slot = await town.slotOf("rennes");
});

after(async () => {
  crowds?.forEach((crowd) => crowd.leave());
  await Steadfast.leaveAll();
  await other?.close();
  await one?.close();
  await town?.close();
});

/** Both crowds work, something happens, they work on, and nothing is lost. */
async function whileTheyWork(happens) {
  await (await town.holderOf(slot)).node.untilFollowed(1);
  crowds.forEach((crowd) => crowd.start());
  await Promise.all(crowds.map((crowd) => crowd.more(Math.floor(luck.between(10, 30)))));
  await happens();
  await Promise.all(crowds.map((crowd) => crowd.more(30)));
  await Promise.all(crowds.map((crowd) => crowd.rest()));
  for (const server of [one, other]) await judge(server, crowds.flatMap(({ clients }) => clients), cookies);
}

test("the service's slot moves to another primary: nobody is told that the journal is away", async () => {
  const before = (await town.holderOf(slot)).node;
  const states = crowds.flatMap(({ clients }) => clients.map((client) => client.states.length));
  await whileTheyWork(() => town.move(slot));
  assert.notEqual((await town.holderOf(slot)).node, before);
  assert.deepEqual(crowds.flatMap(({ clients }) => clients.map((client) => client.states.length)), states);
});

test("the primary and its replica change places", async () => {
  const replica = await town.replicaOf(await town.holderOf(slot));
  await whileTheyWork(() => replica.say("CLUSTER", "FAILOVER"));
  assert.equal((await town.holderOf(slot)).node, replica);
});

test("the primary is killed, its replica takes over, and the slot moves on", async () => {
  const holder = await town.holderOf(slot);
  const replica = await town.replicaOf(holder);
  await whileTheyWork(() => holder.node.kill());
  assert.equal((await town.holderOf(slot)).node, replica);
  holder.node.start();
  await town.untilWhole();
  await whileTheyWork(() => town.move(slot));
});

test("the primary stands still until another has its place, and awakes: it is believed no more", async () => {
  const holder = await town.holderOf(slot);
  const replica = await town.replicaOf(holder);
  await whileTheyWork(async () => {
    holder.node.freeze();
    await until(async () => (await replica.role()) === "master", "the replica takes over");
    await Promise.all(crowds.map((crowd) => crowd.more(10)));
    holder.node.thaw();
  });
  await town.untilWhole();
  assert.equal(await holder.node.role(), "slave");
});

test("a part of the cluster is lost: a new server opens, and serves what the others hold", async () => {
  const account = "rennes.regulateur";
  const needed = [slot, Number(await town.living[0].say("CLUSTER", "KEYSLOT", `vigie:account:${account}`))];
  const spared = (await town.primaries()).find(({ holds }) => !needed.some(holds));
  const lost = [spared.node, await town.replicaOf(spared)];
  await Promise.all(lost.map((node) => node.kill()));
  let late;
  try {
    late = await one.openBeside();
    const signIn = () => fetch(`${late.origin}/api/v1/session`, { method: "POST", body: JSON.stringify({ account, password: one.password(account) }) });
    const entered = await until(async () => {
      const answer = await signIn(); // a session may lie in the lost part: then another is asked for
      return answer.status === 200 && answer;
    }, "somebody signs in");
    const cookie = entered.headers.getSetCookie()[0].split(";")[0];
    assert.equal((await fetch(`${late.origin}/api/v1/quarters`, { headers: { cookie } })).status, 200);
  } finally {
    await late?.close();
    lost.forEach((node) => node.start());
    await town.untilWhole();
  }
});

test("what the server is asked to do at the command line works on a cluster too", async () => {
  const added = await one.run("account", "add", "marie", "--service", "rennes", "--role", "dispatcher");
  assert.equal(added.code, 0, added.stderr);
  assert.match((await one.run("account", "list")).stdout, /^marie /m);
  assert.equal((await one.run("account", "reset", "marie")).code, 0);
  assert.equal((await one.run("account", "remove", "marie")).code, 0);
  assert.match((await one.run("log", "--service", "rennes")).stdout, /\S/);
  assert.equal((await one.run("key", "metrics")).code, 0);
});
