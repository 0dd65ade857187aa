// A load generator: a C++ process on the core that is not the server's. It takes orders as lines and answers each with
// one line of JSON.
import { createInterface } from "node:readline";
import path from "node:path";
import { Started, build, cores } from "./processes.mjs";

const patience = 60_000; // milliseconds, beside what an order itself takes

export class Generator extends Started {
  constructor(program, ...args) {
    super(cores.load, path.join(build, "tests/bench", program), args.map(String));
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** The next line that it prints, read. */
  async hear() {
    let late;
    const tooLate = new Promise((_, reject) => (late = setTimeout(() => reject(new Error(`${this.name} does not answer`)), patience)));
    const { value, done } = await Promise.race([this.answers.next(), tooLate]).finally(() => clearTimeout(late));
    if (!done) return JSON.parse(value);
    await this.ended;
    throw new Error(`${this.name} ended: ${this.log.slice(-500)}`);
  }

  /** Gives an order and waits for its answer. */
  ask(...words) {
    this.process.stdin.write(`${words.join(" ")}\n`);
    return this.hear();
  }
}
