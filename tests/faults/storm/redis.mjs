// A Redis of the test's own, which is started again when it ends, as a system's service would be; on a small disk of its
// own where we may mount one.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endedWithUs } from "../../support/leavings.mjs";

const programs = ["/usr/bin/redis-server", "/usr/bin/redis-check-rdb"]; // Debian's is one program under several names
const synced = ["--appendonly", "yes", "--appendfsync", "always"];
const disk = 256; // MiB
const pause = 200; // milliseconds until it is started again

const running = endedWithUs((redis) => (redis.signal("SIGKILL"), redis.unmount()));

export class Redis {
  log = "";
  starts = 0;
  #held = false;

  /** In `folder`; `rules` are those of the journal or of presence. */
  static open(folder, duty, { small = false } = {}) {
    const redis = new Redis();
    Object.assign(redis, { folder: path.join(folder, duty), rules: duty === "journal" ? synced : [] });
    mkdirSync(redis.folder);
    redis.mounted = small && mount(redis.folder);
    redis.socket = path.join(redis.folder, "redis.sock");
    running.add(redis);
    redis.start();
    return redis;
  }

  start() {
    const common = ["--port", "0", "--unixsocket", this.socket, "--dir", this.folder, "--save", ""];
    const program = programs.find((each) => existsSync(each));
    const child = spawn(program, [...common, ...this.rules], { argv0: "redis-server", stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (this.log = (this.log + bytes).slice(-20_000)));
    this.process = child;
    this.starts += 1;
    this.ended = new Promise((resolve) => child.once("exit", resolve)).then(() => this.#again());
  }

  async #again() {
    this.process = undefined;
    if (this.#held) return;
    await sleep(pause);
    if (!this.#held && !this.process) this.start();
  }

  signal(name) {
    this.process?.kill(name);
  }

  /** Kills it, and keeps it away until `release`. */
  hold() {
    this.#held = true;
    this.signal("SIGKILL");
  }

  release() {
    this.#held = false;
    if (!this.process) this.start();
  }

  /** Leaves no byte on its disk. */
  fill() {
    const file = openSync(this.filler, "w");
    try {
      for (let size = 2 ** 20; size >= 1; size >>= 1) fillBy(file, size);
    } finally {
      closeSync(file);
    }
  }

  free() {
    rmSync(this.filler);
  }

  get filler() {
    return path.join(this.folder, "filler");
  }

  unmount() {
    if (this.mounted) execFileSync("umount", ["-l", this.folder]);
    this.mounted = false;
  }

  async close() {
    this.#held = true;
    this.signal("SIGKILL");
    await this.ended;
    this.unmount();
    running.delete(this);
  }
}

function fillBy(file, size) {
  const bytes = Buffer.alloc(size);
  try {
    while (writeSync(file, bytes) === size);
  } catch (error) {
    if (error.code !== "ENOSPC") throw error;
  }
}

function mount(folder) {
  if (process.getuid() !== 0) return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${disk}m,mode=700`, "vigie-test", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
