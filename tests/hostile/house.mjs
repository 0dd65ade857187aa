// A server to be unfriendly to: two services in one process, short times, and its figures to be read.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Server } from "../support/server.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const config = path.join(root, "config");

/** Short times, and room for a crowd of one account; `handshake` is how long a request may take to come. */
export const times = (handshake) => ["[limits]", "sign_ins_per_minute = 10000", "screens_per_account = 10000", "[timing]", `handshake = "${handshake}"`, 'heartbeat = "1 s"'];

export class House extends Server {
  /** Beside rennes, which has the sample accounts, a service vannes that is like it. */
  writeConfig(console, more = times("500 ms")) {
    super.writeConfig(console, more);
    const copies = ["services", "places", "quarters"].map((name) => this.copied(name));
    let text = readFileSync(this.config, "utf8");
    for (const [name, folder] of copies) text = text.replace(path.join(config, name), folder);
    writeFileSync(this.config, text);
  }

  copied(name) {
    const folder = path.join(this.folder, name);
    mkdirSync(folder);
    cpSync(path.join(config, name), folder, { recursive: true });
    const ending = { services: "toml", places: "csv", quarters: "geojson" }[name];
    const text = readFileSync(path.join(folder, `rennes.${ending}`), "utf8");
    writeFileSync(path.join(folder, `vannes.${ending}`), text.replace('id = "rennes"', 'id = "vannes"'));
    return [name, folder];
  }

  /** Resident bytes of the server process. */
  memory() {
    return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, "utf8"))[1]) * 1024;
  }

  /** Runs it, and checks that the server's memory never grows by so many bytes; a sanitizer keeps what is freed, and is not asked. */
  async growsByLessThan(bytes, run) {
    const before = this.memory();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, this.memory() - before)), 5);
    await run();
    clearInterval(watch);
    most = Math.max(most, this.memory() - before);
    assert.ok(process.env.VIGIE_SANITIZED || most < bytes, `the server's memory grew by ${most} bytes`);
  }

  /** Adds an account to a service; it is one like the sample's from then on. */
  async addAccount(account, service, role, team) {
    const { stdout } = await this.run("account", "add", account, "--service", service, "--role", role, ...(team ? ["--team", team] : []));
    this.accounts.push({ account, password: stdout.split(/\s+/)[1] });
  }

  async makeKey(purpose, service) {
    const { stdout } = await this.run("key", purpose, ...(service ? ["--service", service] : []), "--label", "test");
    return stdout.split(/\s+/)[0];
  }

  /** A new session's cookie. */
  async signIn(account) {
    const response = await fetch(`${this.origin}/api/v1/session`, {
      method: "POST",
      headers: { origin: this.origin },
      body: JSON.stringify({ account, password: this.password(account) }),
    });
    if (response.status !== 200) throw new Error(`${account} cannot sign in: ${response.status}`);
    return response.headers.get("set-cookie").split(";")[0];
  }

  /** The figures of /metrics: `figures("vigie_refusals_total")` sums all its series, or those whose labels hold the text. */
  async figures() {
    this.metricsKey ??= await this.makeKey("metrics");
    const response = await fetch(`${this.origin}/metrics`, { headers: { authorization: `Bearer ${this.metricsKey}` } });
    const lines = (await response.text()).split("\n");
    return (name, labels = "") =>
      lines
        .filter((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && line.includes(labels))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  }
}
