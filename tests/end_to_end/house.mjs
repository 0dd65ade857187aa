// The server of a browser story: with the built console, and a log that is kept beside the screenshots.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { Server, build } from "../support/server.mjs";

/** Where screenshots and the servers' logs are kept. */
export const shots = path.join(build, "screenshots");
mkdirSync(shots, { recursive: true });

export class House extends Server {
  /** `config`: further lines of its configuration. */
  static open(config) {
    return super.open({ console: path.join(build, "console/dist"), config });
  }

  /** Runs another verb of the server on the same data, as an administrator does beside it; gives what it printed. */
  async administer(...verb) {
    const { code, stdout, stderr } = await this.run(...verb);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  async close() {
    await super.close();
    appendFileSync(path.join(shots, "server.log"), this.log);
  }

  /** Lines of the log that tell of something wrong. */
  complaints() {
    return this.log.split("\n").filter((line) => /^\S+Z (?:error|critical) /.test(line));
  }

  /** Tells the server what the telephone system saw. */
  async telephone(event) {
    const response = await fetch(`${this.origin}/api/v1/calls/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.telephoneKey}` },
      body: JSON.stringify({ at_ms: Date.now(), to: "+33299000000", ...event }),
    });
    if (response.status !== 202) throw new Error(`call event: ${response.status} ${await response.text()}`);
  }
}
