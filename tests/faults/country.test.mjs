// Two hundred services in one server process, spread over a Redis cluster.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { temporaryFolder } from "../support/leavings.mjs";
import { Cluster } from "../support/redis_town.mjs";
import { Server, root } from "../support/server.mjs";
import { until } from "../support/until.mjs";

const services = Array.from({ length: 200 }, (_, i) => `town-${String(i + 1).padStart(3, "0")}`);
const atOnce = 3;
let config, town, server, keys;

before(async () => {
  config = temporaryFolder();
  services.forEach(found);
  town = await Cluster.open();
  server = await Server.open({ redis: town.url, folders: config });
});

after(async () => {
  await server?.close();
  await town?.close();
});

/** A service like the sample one, with a handful of its buildings. */
function found(service) {
  const from = (folder, file) => path.join(root, "config", folder, file);
  const to = (folder, ending) => {
    mkdirSync(path.join(config, folder), { recursive: true });
    return path.join(config, folder, service + ending);
  };
  writeFileSync(to("services", ".toml"), readFileSync(from("services", "rennes.toml"), "utf8").replace('id = "rennes"', `id = "${service}"`));
  writeFileSync(to("places", ".csv"), readFileSync(from("places", "rennes.csv"), "utf8").split("\n").slice(0, 5).join("\n") + "\n");
  cpSync(from("quarters", "rennes.geojson"), to("quarters", ".geojson"));
}

/** The command line with a configuration that knows this service alone: to read 200 each time takes long. */
function alone(service) {
  const folder = path.join(config, "alone", service);
  cpSync(path.join(config, "services", `${service}.toml`), path.join(folder, "services", `${service}.toml`));
  writeFileSync(path.join(folder, "vigie.toml"), "");
  return Object.assign(Object.create(server), { config: path.join(folder, "vigie.toml") });
}

/** Does the same for every service, a few at a time. */
async function forEachService(act) {
  const left = [...services];
  const work = async () => {
    for (let service; (service = left.pop()); ) await act(service);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function ring(service, at = server) {
  const call = randomUUID();
  const at_ms = Date.now();
  for (const event of [{ stage: "ringing", from: "+33699001234", to: "+33299000000" }, { stage: "ended", reason: "abandoned" }]) {
    const body = JSON.stringify({ call, at_ms, ...event });
    const headers = { "content-type": "application/json", authorization: `Bearer ${keys.get(service)}` };
    const answer = await fetch(`${at.origin}/api/v1/calls/events`, { method: "POST", headers, body });
    assert.equal(answer.status, 202, `${service}: ${await answer.text()}`);
  }
}

test("each service has its key, on whatever node that lies", async () => {
  keys = new Map();
  await forEachService(async (service) => {
    const made = await alone(service).run("key", "telephony", "--service", service, "--label", service);
    assert.equal(made.code, 0, made.stderr);
    keys.set(service, made.stdout.split("\n")[0]);
  });
  assert.equal(new Set(keys.values()).size, services.length);
});

test("every service takes its calls, and they lie on all three primaries", async () => {
  await forEachService(ring);
  const primaries = await town.primaries();
  const journals = await Promise.all(primaries.map(async ({ node }) => (await node.say("--scan", "--pattern", "vigie:{town-*}:journal")).split("\n").filter(Boolean)));
  assert.equal(journals.flat().length, services.length);
  for (const held of journals) assert.ok(held.length > services.length / 10, `a primary holds ${held.length} of ${services.length}`);
});

test("a primary is lost: its services go on at its replica, and all journals are whole", async () => {
  const [{ node }] = await town.primaries();
  assert.equal(await node.holders(1, 10_000), 1);
  await node.kill();
  const end = Date.now() + 30_000;
  await forEachService(async (service) => {
    for (let taken = false; !taken; ) taken = await ring(service).then(() => true, (error) => Date.now() > end && assert.fail(error));
  });
  const verdict = await server.run("verify-journal");
  assert.equal(verdict.code, 0, verdict.stdout + verdict.stderr);
  assert.equal(verdict.stdout.match(/ is whole: \d+ commits/g).length, services.length);
});

test("a part of the cluster is lost: a new server opens for the other services, and for the rest once it is back", async () => {
  const replicas = new Map();
  for (const primary of await town.primaries()) replicas.set(primary.node, await town.replicaOf(primary));
  const [last] = [...replicas].find(([, replica]) => !replica);
  await last.kill();
  let late;
  const served = async (service) => ring(service, late).then(() => true, () => false);
  try {
    late = await server.openBeside();
    const some = (await Promise.all(services.map(served))).filter(Boolean).length;
    assert.ok(some > 0 && some < services.length, `${some} of ${services.length} are served`);
    for (const node of town.nodes) if (!node.alive) node.start();
    await town.untilWhole();
    await forEachService((service) => until(() => served(service), `${service} is served`));
  } finally {
    await late?.close();
  }
});
