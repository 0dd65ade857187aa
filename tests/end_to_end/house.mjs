// A real server on a free port, with its own data folder and its own Redis.
import { spawn, execFile } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { until } from "./until.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const build = path.resolve(process.env.VIGIE_BUILD ?? path.join(root, "build/release"));
const binary = path.join(build, "server/vigie-server");

/** Where screenshots and the servers' logs are kept. */
export const shots = path.join(build, "screenshots");
mkdirSync(shots, { recursive: true });

/** A server process that can be killed and started again on what it kept. */
export class House {
  log = "";

  static async open() {
    const house = new House();
    house.folder = mkdtempSync(path.join(tmpdir(), "vigie-e2e-"));
    house.config = path.join(house.folder, "vigie.toml");
    writeFileSync(house.config, configuration());
    await house.start(0);
    return house;
  }

  /** Starts on `port`, any free one for 0, and waits until it serves. */
  async start(port = this.port) {
    this.heard = "";
    this.process = spawn(binary, [...this.arguments(), "--port", String(port), "--sample"], { stdio: ["ignore", "pipe", "pipe"] });
    process.once("exit", () => this.process.kill("SIGKILL"));
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on("data", (bytes) => this.hear(String(bytes)));
    this.accounts = await this.until(() => this.readAccounts());
    this.origin = this.accounts.origin;
    this.port = Number(new URL(this.origin).port);
    await this.until(async () => (await fetch(`${this.origin}/readyz`)).ok);
  }

  arguments() {
    return ["--config", this.config, "--data-dir", path.join(this.folder, "data")];
  }

  hear(text) {
    this.heard += text;
    this.log += text;
  }

  readAccounts() {
    const file = path.join(this.folder, "data", "accounts.json");
    return this.heard.includes("http://") && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  }

  /** Waits until `found` gives something true; what it throws meanwhile means not yet. */
  until(found) {
    const attempt = async () => {
      if (this.process.exitCode !== null) throw new Error(`the server ended:\n${this.log}`);
      return Promise.resolve().then(found).catch(() => undefined);
    };
    return until(attempt, () => `the server said:\n${this.log}`);
  }

  password(account) {
    return this.accounts.accounts.find((known) => known.account === account).password;
  }

  /** Runs another verb of the server on the same data, as an administrator does beside it. */
  async administer(...verb) {
    return (await promisify(execFile)(binary, [...this.arguments(), ...verb])).stdout;
  }

  /** Ends the process, gently or not. */
  async end(signal = "SIGTERM") {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill(signal);
    await ended;
  }

  async close() {
    await this.end();
    appendFileSync(path.join(shots, "server.log"), this.log);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Lines of the log that tell of something wrong. */
  complaints() {
    return this.log.split("\n").filter((line) => /^\S+Z (?:error|critical) /.test(line));
  }

  /** Tells the server what the telephone system saw. */
  async telephone(event) {
    const response = await fetch(`${this.origin}/api/v1/calls/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.accounts.telephone_key}` },
      body: JSON.stringify({ at_ms: Date.now(), to: "+33299000000", ...event }),
    });
    if (response.status !== 202) throw new Error(`call event: ${response.status} ${await response.text()}`);
  }
}

// The folders of the project, and the console of the build under test.
function configuration() {
  const folders = {
    services: path.join(root, "config/services"),
    places: path.join(root, "config/places"),
    quarters: path.join(root, "config/quarters"),
    console: path.join(build, "console/dist"),
  };
  const lines = Object.entries(folders).map(([name, folder]) => `${name} = ${JSON.stringify(folder)}`);
  return `[folders]\n${lines.join("\n")}\n`;
}
