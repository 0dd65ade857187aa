// Several Redis servers of a test's own that know each other: a cluster, or a primary under Sentinels. They listen on
// free ports of the loopback, with the settings of config/redis, and are ended with the test.
import { execFile, execFileSync, spawn } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { endedWithUs, temporaryFolder } from "./leavings.mjs";
import { until } from "./until.mjs";

const program = "/usr/bin/redis-check-rdb"; // the server too, when it is called so
const bus = 10_000; // a cluster's own talk is that much above the port
const settings = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../config/redis");
const running = endedWithUs((child) => child.kill("SIGKILL"));

class Node {
  constructor(folder, port, args) {
    Object.assign(this, { folder, port, args });
    cpSync(settings, folder, { recursive: true }); // a copy, since Redis may rewrite its own
    this.start();
  }

  start() {
    const args = [...this.args, "--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.folder, "--logfile", path.join(this.folder, "log")];
    this.process = spawn(program, args, { argv0: "redis-server", stdio: "ignore", cwd: this.folder });
    running.add(this.process);
    this.ended = new Promise((resolve) => this.process.once("exit", resolve)).then(() => running.delete(this.process));
  }

  /** SIGKILL; resolves when it has gone. */
  kill() {
    this.process.kill("SIGKILL");
    return this.ended;
  }

  /** SIGSTOP: it is there and says nothing, until thaw(). */
  freeze() {
    this.process.kill("SIGSTOP");
  }

  thaw() {
    this.process.kill("SIGCONT");
  }

  /** Resolves to true once it answers, to false when it ended: its port was taken in between. */
  answers() {
    return until(async () => !this.alive || (await this.say("PING")) === "PONG", "a Redis answers").then(() => this.alive);
  }

  get alive() {
    return running.has(this.process);
  }

  /** What redis-cli prints for this command. */
  say(...words) {
    return new Promise((resolve, reject) =>
      execFile("redis-cli", ["-p", String(this.port), ...words.map(String)], { maxBuffer: 2 ** 28 }, (error, out) => (error ? reject(error) : resolve(out.trim()))),
    );
  }

  async role() {
    return (await this.say("ROLE")).split("\n")[0];
  }

  /** How many replicas hold, after this many milliseconds at most, all that it has now; WAIT alone asks for nothing on a new connection. */
  holders(count, atMost) {
    return new Promise((resolve, reject) => {
      const client = execFile("redis-cli", ["-p", String(this.port)], (error, out) => (error ? reject(error) : resolve(Number(out.trim().split("\n").at(-1)))));
      client.stdin.end(`PING\nWAIT ${count} ${atMost}\n`);
    });
  }

  /** Resolves when so many replicas have all it has. */
  untilFollowed(count) {
    const inStep = async () => (await this.say("INFO", "replication")).match(/state=online/g)?.length === count;
    return until(async () => (await inStep()) && (await this.holders(count, 100)) === count, `${count} replicas follow`);
  }

  get place() {
    return `127.0.0.1:${this.port}`;
  }
}

class Town {
  folder = temporaryFolder();
  nodes = [];

  async add(count, args, config) {
    for (const enough = this.nodes.length + count; this.nodes.length < enough; ) {
      const port = await freePort();
      const file = config ? [path.join(this.folder, `${port}.conf`)] : [];
      if (config) writeFileSync(file[0], config);
      const node = new Node(path.join(this.folder, String(port)), port, [...file, ...args]);
      if (await node.answers()) this.nodes.push(node);
    }
    return this.nodes.slice(-count);
  }

  async close() {
    await Promise.all(this.nodes.filter(({ alive }) => alive).map((node) => node.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Three primaries, each with a replica; a loss is noticed after half a second. */
export class Cluster extends Town {
  static async open() {
    const town = new Cluster();
    await town.add(6, ["cluster.conf", "--cluster-node-timeout", "500", "--cluster-replica-validity-factor", "0"]);
    const places = town.nodes.map(({ place }) => place);
    execFileSync("redis-cli", ["--cluster", "create", ...places, "--cluster-replicas", "1", "--cluster-yes"], { stdio: "ignore" });
    await town.untilWhole();
    return town;
  }

  /** Two nodes of different parts, so that one is there when a part is lost. */
  get url() {
    return `redis-cluster://${this.nodes[0].place},${this.nodes[1].place}`;
  }

  get living() {
    return this.nodes.filter(({ alive }) => alive);
  }

  /** The slot of a service's keys. */
  async slotOf(service) {
    return Number(await this.nodes.find(({ alive }) => alive).say("CLUSTER", "KEYSLOT", `{${service}}`));
  }

  /** The living primaries with the slots each says it holds, as [first, last]. */
  async primaries() {
    const found = [];
    for (const node of this.living) {
      const line = (await node.say("CLUSTER", "NODES")).split("\n").find((text) => text.includes("myself,master"));
      const [id, ...words] = line?.split(" ") ?? [];
      const ranges = words.slice(7).filter((word) => /^\d/.test(word)).map((word) => word.split("-").map(Number));
      if (id) found.push({ node, id, holds: (slot) => ranges.some(([first, last = first]) => first <= slot && slot <= last) });
    }
    return found;
  }

  async holderOf(slot) {
    return (await this.primaries()).find(({ holds }) => holds(slot));
  }

  /** The living replica of a primary. */
  async replicaOf({ node }) {
    const lines = (await node.say("ROLE")).split("\n");
    return this.living.find(({ port }) => lines.includes(String(port)));
  }

  /** Every slot is held, every living node agrees, and each living replica is in step. */
  untilWhole() {
    return until(async () => {
      for (const node of this.living) {
        if (!(await node.say("CLUSTER", "INFO")).includes("cluster_state:ok")) return false;
        const replication = await node.say("INFO", "replication");
        if (!replication.includes("role:master") && !replication.includes("master_link_status:up")) return false;
      }
      return (await this.primaries()).length === 3;
    }, "the cluster is whole");
  }

  /** Moves a slot with all its keys to another primary, as an operator would; resolves to the new holder. */
  async move(slot) {
    const primaries = await this.primaries();
    const from = primaries.find(({ holds }) => holds(slot));
    const to = primaries.find(({ holds }) => !holds(slot));
    await to.node.say("CLUSTER", "SETSLOT", slot, "IMPORTING", from.id);
    await from.node.say("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id);
    for (;;) {
      const keys = (await from.node.say("CLUSTER", "GETKEYSINSLOT", slot, 20)).split("\n").filter(Boolean);
      if (keys.length === 0) break;
      await from.node.say("MIGRATE", "127.0.0.1", to.node.port, "", 0, 5000, "KEYS", ...keys);
    }
    for (const { node } of [to, from, ...primaries]) await node.say("CLUSTER", "SETSLOT", slot, "NODE", to.id);
    return to;
  }
}

/** A primary with two replicas, under three Sentinels; a loss is noticed after half a second. */
export class Sentinels extends Town {
  static async open() {
    const town = new Sentinels();
    const [first, ...others] = await town.add(3, ["journal.conf"]);
    for (const node of others) await node.say("REPLICAOF", "127.0.0.1", first.port);
    await first.untilFollowed(2);
    const rules = ["monitor vigie 127.0.0.1 " + first.port + " 2", "down-after-milliseconds vigie 500", "failover-timeout vigie 3000"];
    town.sentinels = await town.add(3, ["--sentinel"], rules.map((rule) => `sentinel ${rule}\n`).join(""));
    for (const node of town.sentinels)
      await until(async () => (await node.say("SENTINEL", "CKQUORUM", "vigie")).startsWith("OK 3"), "the Sentinels know each other");
    return town;
  }

  get url() {
    return `redis-sentinel://${this.sentinels.map(({ place }) => place).join(",")}/vigie`;
  }

  /** The primary, once both others have all it has: what only one of them has may be lost with it. */
  async untilInStep() {
    const primary = await this.primary();
    await primary.untilFollowed(2);
    return primary;
  }

  /** The server that the Sentinels name. */
  async primary() {
    const answer = await this.sentinels[0].say("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "vigie");
    return this.nodes.find(({ port }) => answer.endsWith(`\n${port}`));
  }
}

/** A port that is free, as is its neighbour for a cluster's talk, which is nobody's port here. */
async function freePort() {
  for (;;) {
    const port = 15_000 + Math.floor(10_000 * Math.random());
    if ((await isFree(port)) && (await isFree(port + bus))) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer().once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
