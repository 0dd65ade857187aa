// A pair's position, reported to one process, is seen on a desk of another; and on a break it is not kept anywhere.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Server } from "../support/server.mjs";
import { until } from "../support/until.mjs";
import { Steadfast } from "./steadfast.mjs";
import { fixAt, signOn } from "./words.mjs";

const cookies = new Map();
const team = "binome-1";
let one, other, here, there, handset;

before(async () => {
  one = await Server.open();
  other = await one.openBeside();
  here = await Steadfast.enter(one, "rennes.regulateur", cookies);
  there = await Steadfast.enter(other, "rennes.regulateur", cookies);
  handset = await Steadfast.enter(one, "rennes.binome-1", cookies);
});

after(async () => {
  await Steadfast.leaveAll();
  await other?.close();
  await one?.close();
});

/** Reports a position again and again, as a handset does, until something is so: a server that is late leaves some out. */
async function reporting(lon, lat, promise) {
  const say = () => handset.say(fixAt(lon, lat));
  const again = setInterval(say, 250);
  say();
  return promise.finally(() => clearInterval(again));
}

const refused = async () => (await reporting(-1.704, 48.121, handset.next("fix_refused"))).reason;

const shows = (desk, lon, lat) =>
  desk.until(() => desk.map.get(team)?.lon === lon && desk.map.get(team)?.lat === lat, `the pair is shown at ${lon} ${lat}`);

const seenAt = (lon, lat) => reporting(lon, lat, Promise.all([here, there].map((desk) => shows(desk, lon, lat))));

const kept = () => {
  const socket = path.join(one.folder, "presence/redis.sock");
  return execFileSync("redis-cli", ["-s", socket, "--scan", "--pattern", "*"], { encoding: "utf8" }).split("\n").filter(Boolean);
};

test("a pair that is off duty is not tracked", async () => {
  assert.equal(await refused(), "off_duty");
  assert.deepEqual(kept(), []);
});

test("its position is seen on the desks of both processes, and moves there", async () => {
  await handset.insist(signOn(team, handset.service.members[0].id));
  await seenAt(-1.704, 48.121);
  await seenAt(-1.705, 48.122);
});

test("on a break it is gone from both, from Redis too, and its fixes are refused", async () => {
  assert.equal((await handset.insist({ type: "take_break", team })).type, "accepted");
  for (const desk of [here, there]) await desk.until(() => !desk.map.has(team), "the pair is gone from the map");
  assert.equal(await refused(), "on_break");
  await until(() => kept().length === 0, "nothing of the pair's position is kept");
});

test("after the break it is seen again, on screens that open only now too", async () => {
  assert.equal((await handset.insist({ type: "end_break", team })).type, "accepted");
  await there.until(() => there.teams.get(team).duty === "available", "the pair is back");
  await seenAt(-1.706, 48.123);
  const late = await Steadfast.enter(other, "rennes.encadrant", cookies);
  await late.until(() => late.map.has(team), "the pair is on the map");
});

test("the presence Redis is killed: positions travel between the processes again as soon as it is back", async () => {
  const killed = one.redisPid("presence");
  process.kill(killed, "SIGKILL");
  await until(() => ![undefined, killed].includes(one.redisPid("presence")), "presence has a Redis again");
  for (let lat = 48.2; !(there.map.get(team)?.lat > 48.2); await sleep(250)) {
    assert.ok(lat < 48.3, "the other process shows a position reported after the fault");
    handset.say(fixAt(-1.7, (lat += 0.001)));
  }
  assert.equal(handset.failure, undefined);
});

test("the presence Redis stands still: the process that hears the pair shows it, and a break begun meanwhile leaves nothing behind", async () => {
  const redis = one.redisPid("presence");
  const lost = ({ log }) => log.lastIndexOf("presence/redis.sock is away") > log.lastIndexOf("presence/redis.sock answers");
  process.kill(redis, "SIGSTOP");
  try {
    await reporting(-1.71, 48.3, shows(here, -1.71, 48.3)); // on the desk of its own process
    for (const server of [one, other]) await server.until(() => lost(server), "it has noticed that presence is away");
    assert.equal((await handset.insist({ type: "take_break", team })).type, "accepted");
    await there.until(() => !there.map.has(team), "the pair on a break is gone from the other process too");
  } finally {
    process.kill(redis, "SIGCONT");
  }
  await until(() => kept().length === 0, "nothing of the position of a pair on a break is kept");
});
