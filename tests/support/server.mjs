// A real server process of a test: on a free port, with a folder and Redis servers of its own, and the faults that can
// be done to it. Whatever a test leaves behind is ended with it.
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { endedWithUs, temporaryFolder } from "./leavings.mjs";
import { patience, until } from "./until.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const build = path.resolve(process.env.VIGIE_BUILD ?? path.join(root, "build/release"));
const binary = path.join(build, "server/vigie-server");

// With its Redis servers, also those that a story left standing still.
const left = endedWithUs((server) => {
  for (const pid of childrenOf(server.process.pid)) process.kill(pid, "SIGKILL");
  server.process.kill("SIGKILL");
});

export class Server {
  log = ""; // what every process said that was started here

  /** A server with the sample accounts, on Redis servers of its own or those at `redis`; `console` names a built one, `config` holds more lines, `folders` is where services, places and quarters are. */
  static async open(options = {}) {
    const server = new this();
    server.folder = temporaryFolder();
    server.writeConfig(options.console, options.config, options.folders);
    server.redis = options.redis;
    server.further = options.config;
    server.folders = options.folders;
    server.options = options.redis ? ["--sample", "--redis-url", options.redis] : ["--sample"];
    server.environment = options.environment ?? {};
    await server.start();
    return server.readAccess();
  }

  /** Learns the sample accounts that it made. */
  readAccess() {
    const file = path.join(this.folder, "accounts.json");
    const { accounts, telephone_key: telephoneKey, metrics_key: metricsKey } = JSON.parse(readFileSync(file, "utf8"));
    return Object.assign(this, { accounts, telephoneKey, metricsKey });
  }

  /** Another process on the Redis servers of this one, with the same accounts, folders and further lines of configuration. */
  async openBeside() {
    const other = new Server();
    other.folder = temporaryFolder();
    other.writeConfig(undefined, this.further, this.folders);
    other.options = this.redis ? ["--redis-url", this.redis] : ["--redis-url", this.redisUrl("journal"), "--presence-url", this.redisUrl("presence")];
    Object.assign(other, { accounts: this.accounts, telephoneKey: this.telephoneKey, environment: {} });
    return other.start();
  }

  /** The project's own folders or those given, the console given or one of a single page, and what else is wanted. */
  writeConfig(built, more = [], from = path.join(root, "config")) {
    const console = built ?? this.emptyConsole();
    const folders = ["services", "places", "quarters"].map((name) => `${name} = "${path.join(from, name)}"`);
    const lines = ["[folders]", `data = "${this.folder}"`, ...folders, `console = "${console}"`, ...more, ""];
    this.config = path.join(this.folder, "vigie.toml");
    writeFileSync(this.config, lines.join("\n"));
  }

  emptyConsole() {
    const folder = path.join(this.folder, "console");
    mkdirSync(folder);
    writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>Vigie</title>");
    return folder;
  }

  redisUrl(duty) {
    return `unix:${path.join(this.folder, duty, "redis.sock")}`;
  }

  /** Starts the process, on the port it had before; resolves when it is ready. */
  async start() {
    const args = ["--config", this.config, "--port", String(this.port ?? 0), ...this.options];
    const env = { ...process.env, ...this.environment };
    const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"], env });
    this.process = child;
    left.add(this);
    this.ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
    this.ended.then(() => left.delete(this));
    const before = this.log.length;
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (this.log += bytes));
    this.origin = await this.until(() => /open at (http:\S+)/.exec(this.log.slice(before))?.[1], "it opens its doors");
    this.port = Number(new URL(this.origin).port);
    await this.until(() => this.isReady(), "it is ready");
    return this;
  }

  async isReady() {
    return (await fetch(`${this.origin}/readyz`)).status === 200;
  }

  /** Waits for something that needs this process to live. */
  until(found, what) {
    return until(found, what, {
      hopeless: () => this.process.exitCode !== null && "the server ended",
      said: () => `The server said:\n${this.log}`,
    });
  }

  password(account) {
    return this.accounts.find((known) => known.account === account).password;
  }

  /** Ends the process, if it still runs, also one that a story left standing still; resolves when it has gone. */
  end(signal = "SIGTERM") {
    this.process.kill(signal);
    this.process.kill("SIGCONT");
    return this.ended;
  }

  /** Ends everything and removes the folder. */
  async close() {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The process id of the Redis that this process started: `journal` or `presence`. */
  redisPid(duty) {
    return childrenOf(this.process.pid).find((pid) => readlinkSync(`/proc/${pid}/cwd`) === path.join(this.folder, duty));
  }

  /** Runs one of the server's other verbs on the same data. */
  run(...verb) {
    const args = ["--config", this.config, ...this.options.filter((option) => option !== "--sample"), ...verb];
    return new Promise((resolve) =>
      execFile(binary, args, { maxBuffer: 2 ** 30, timeout: patience }, (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr })),
    );
  }

  /** Every commit of the journal, in order. */
  async journal() {
    const { code, stdout, stderr } = await this.run("log", "--service", "rennes", "--format", "json");
    if (code !== 0) throw new Error(`the journal cannot be read: ${stderr}`);
    return stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  }

  verify() {
    return this.run("verify-journal", "--service", "rennes");
  }
}

/** Whether a process is there; one that has ended and waits for its parent is not. */
export function isAlive(pid) {
  return existsSync(`/proc/${pid}`) && statusOf(pid).state !== "Z";
}

function childrenOf(parent) {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.filter((pid) => statusOf(pid).parent === parent);
}

function statusOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state, parent: Number(parent) };
  } catch {
    return { state: "Z", parent: 0 }; // it ended while we looked
  }
}
