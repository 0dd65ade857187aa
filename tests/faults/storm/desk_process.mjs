// The harness's side of desk.mjs: starts it, kills it, and reads what it was answered.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { endedWithUs } from "../../support/leavings.mjs";
import { until } from "../../support/until.mjs";

const program = fileURLToPath(new URL("desk.mjs", import.meta.url));

const running = endedWithUs((child) => child.kill("SIGKILL"));

export class DeskProcess {
  said = "";
  works = false;

  constructor(who) {
    Object.assign(this, { who, account: who.account });
  }

  start() {
    const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "pipe"] });
    running.add(child);
    child.stdin.on("error", () => {}); // it was killed
    child.stderr.on("data", (bytes) => (this.said += bytes));
    this.ended = once(child, "exit").then(() => running.delete(child));
    this.process = child;
    this.tell(JSON.stringify(this.who));
    if (this.works) this.tell("work");
  }

  tell(line) {
    this.process.stdin.write(`${line}\n`);
  }

  work() {
    this.works = true;
    this.tell("work");
  }

  /** It gets the answer to its last command, and sends no more. */
  async rest() {
    let rests = false;
    this.process.stdout.once("data", () => (rests = true));
    this.works = false;
    this.tell("rest");
    const ended = () => !running.has(this.process) && "the desk's process ended";
    await until(() => rests, `${this.account}'s desk has the answer to its last command`, { hopeless: ended, said: () => `It said: ${this.said}` });
  }

  async kill() {
    this.process.kill("SIGKILL");
    await this.ended;
  }

  async close() {
    this.process.stdin.end();
    await this.kill();
  }

  get failure() {
    return this.said ? new Error(this.said) : undefined;
  }

  definite(type) {
    if (!existsSync(this.who.outbox)) return [];
    const lines = readFileSync(this.who.outbox, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line).answered).filter((answer) => answer?.type === type);
  }
}
