// What the night's people share: the clock that runs faster, chance, and what went wrong.
import { setTimeout as sleep } from "node:timers/promises";

export class Stage {
  constructor({ origin, chance, minutes, apiKey }) {
    Object.assign(this, { origin, chance, apiKey, refusals: new Map(), troubles: [], over: false });
    this.pace = (5 * 60) / minutes; // how many minutes of the night pass in one
  }

  /** Waits some minutes of the night. */
  pass(minutes) {
    return sleep((minutes * 60_000) / this.pace);
  }

  /** Sends a command; what the server refuses is counted, for people collide in real nights too. */
  async want(client, command) {
    const answer = await client.submit(command);
    if (answer.type === "accepted") return true;
    this.refusals.set(answer.reason, (this.refusals.get(answer.reason) ?? 0) + 1);
    return false;
  }

  /** Tells the server what the telephone system saw. */
  async telephone(event) {
    const response = await fetch(`${this.origin}/api/v1/calls/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.apiKey}` },
      body: JSON.stringify({ at_ms: Date.now(), ...event }),
    });
    const answer = await response.json();
    if (response.status !== 202) this.troubles.push(`call event: ${response.status} ${JSON.stringify(answer)}`);
    else this.told.push({ ...answer, account: "telephone", command: "report_call" });
  }

  told = [];
}
