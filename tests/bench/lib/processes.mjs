// Processes of a run: each on its own core, all ended with the run, also on Ctrl-C.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { endedWithUs } from "../../support/leavings.mjs";
import { until } from "../../support/until.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const build = path.resolve(process.env.VIGIE_BUILD ?? path.join(root, "build/release"));

/** The cores that this process may use: in a container they need not begin with 0. */
function allowedCores() {
  const [, list] = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync("/proc/self/status", "utf8"));
  return list.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}

const [first, second = first] = allowedCores();

/** Servers run on the one core; generators, and the Redis of whoever has one, on the other. */
export const cores = { server: first, load: second };

const left = endedWithUs((started) => started.process.kill("SIGKILL"));

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export class Started {
  log = "";

  /** Starts a program on a core. */
  constructor(core, command, args = [], options = {}) {
    this.name = path.basename(command);
    this.process = spawn("taskset", ["-c", String(core), command, ...args], { stdio: ["pipe", "pipe", "pipe"], ...options });
    left.add(this);
    this.ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.ended.then(() => left.delete(this));
    this.process.stdin.on("error", () => {}); // it has ended, which is told otherwise
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on("data", (bytes) => (this.log += bytes));
  }

  get pid() {
    return this.process.pid; // taskset becomes the program it starts
  }

  get alive() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Waits for something that needs this process to live. */
  until(found, what) {
    return until(found, what, {
      hopeless: () => !this.alive && `${this.name} ended`,
      said: () => `${this.name} said:\n${this.log.slice(-2000)}`,
    });
  }

  /** Waits until it says something that matches; gives the match. */
  says(pattern) {
    return this.until(() => pattern.exec(this.log), `it says ${pattern}`);
  }

  async stop(signal = "SIGTERM") {
    if (this.alive) this.process.kill(signal);
    const late = setTimeout(() => this.process.kill("SIGKILL"), 10_000);
    await this.ended;
    clearTimeout(late);
  }
}

/** The processes that a process started. */
export function childrenOf(parent) {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => stat(pid)?.[1] === String(parent));
}

/** Moves a process that runs to a core. */
export function pin(pid, core) {
  execFileSync("taskset", ["-a", "-c", "-p", String(core), String(pid)], { stdio: "ignore" });
}

/** CPU seconds that a process has used, in user and system mode. */
export function cpuSeconds(pid) {
  const fields = stat(pid);
  return fields ? (Number(fields[11]) + Number(fields[12])) / 100 : 0;
}

/** Bytes of memory that a process holds. */
export function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
}

/** What /proc says of a process, from its state on; nothing of one that has gone. */
function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
