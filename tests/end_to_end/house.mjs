// What an end-to-end test needs: a real server on a free port with its own Redis, and a real browser.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, existsSync, mkdirSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const build = process.env.VIGIE_BUILD ?? path.join(root, "build/release");
export const shots = path.join(build, "screenshots");
mkdirSync(shots, { recursive: true });

const binary = path.join(build, "server/vigie-server");
const patience = 30_000;

/** A server process with a data folder of its own. */
export class House {
  static async open(options = {}) {
    const house = new House();
    house.folder = mkdtempSync(path.join(tmpdir(), "vigie-e2e-"));
    await house.start(options);
    return house;
  }

  async start({ port = 0, data = this.folder, redis } = {}) {
    const args = ["--config", path.join(root, "config/vigie.toml"), "--data-dir", data, "--port", String(port), "--sample"];
    if (redis) args.push("--redis-url", redis);
    this.log = "";
    this.process = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on("data", (bytes) => (this.log += bytes));
    this.accounts = await this.until(() => this.readAccounts(data));
    this.origin = this.accounts.origin;
    this.port = Number(new URL(this.origin).port);
    await this.until(async () => (await fetch(`${this.origin}/readyz`)).ok);
    return this;
  }

  readAccounts(data) {
    const file = path.join(data, "accounts.json");
    if (!this.log.includes("http://") || !existsSync(file)) return undefined;
    return JSON.parse(readFileSync(file, "utf8"));
  }

  /** Waits until `found` gives something true. */
  async until(found) {
    for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) {
      if (this.process.exitCode !== null) throw new Error(`the server ended:\n${this.log}`);
      const value = await Promise.resolve().then(found).catch(() => undefined);
      if (value) return value;
    }
    throw new Error(`waited ${patience} ms in vain; the server said:\n${this.log}`);
  }

  password(account) {
    return this.accounts.accounts.find((known) => known.account === account).password;
  }

  async end(signal = "SIGTERM") {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill(signal);
    await ended;
  }

  async close() {
    await this.end();
    appendFileSync(path.join(shots, "server.log"), this.log);
    rmSync(this.folder, { recursive: true, force: true });
  }

  async telephone(event) {
    const response = await fetch(`${this.origin}/api/v1/calls/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.accounts.telephone_key}` },
      body: JSON.stringify({ at_ms: Date.now(), ...event }),
    });
    return { status: response.status, body: await response.json() };
  }
}

/** Chromium, headless, without any wish for the outside world, with a map renderer in software. */
export const browse = () =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--autoplay-policy=no-user-gesture-required"],
  });

/** A page of a person with a screen of that size; what goes wrong in it is remembered. */
export async function person(browser, options) {
  const context = await browser.newContext({ locale: "fr-FR", timezoneId: "Europe/Paris", ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.on("pageerror", (error) => page.troubles.push(error.message));
  page.on("console", (message) => message.type() === "error" && page.troubles.push(message.text()));
  return page;
}

export const shoot = (page, name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
