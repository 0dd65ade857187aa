// A story's stage: one server, one Chromium, and the people in it. What goes wrong on any screen fails the story.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { Client } from "../night/client.mjs";
import { Desk } from "./desk.mjs";
import { Handset } from "./handset.mjs";
import { House } from "./house.mjs";
import { newPerson, phone, shoot, wideDesk } from "./person.mjs";

const longest = 150_000;

/** A test that is told on a stage of its own; `config`: further lines of its server's configuration. */
export function story(name, tell, config) {
  test(name, { timeout: longest }, async () => {
    const stage = await Stage.open(config);
    try {
      await tell(stage);
      stage.expectCalm();
    } catch (error) {
      await stage.shootAll(name);
      throw error;
    } finally {
      await stage.close();
    }
  });
}

class Stage {
  pages = [];
  clients = [];

  static async open(config) {
    const stage = new Stage();
    stage.house = await House.open(config);
    stage.browser = await browse();
    return stage;
  }

  /** A window on the sign-in page's doorstep. */
  async person(options) {
    const page = await newPerson(this.browser, this.house, options);
    this.pages.push(page);
    return page;
  }

  /** A desk, signed in and live. */
  async desk(account, size = wideDesk) {
    const desk = new Desk(await this.person(size));
    await desk.open(account, this.house.password(account));
    return desk;
  }

  /** A handset, signed in and live, not on duty yet. */
  async handset(account, options = phone) {
    const handset = new Handset(await this.person(options));
    await handset.open(account, this.house.password(account));
    return handset;
  }

  /** Somebody without a screen, who speaks the conversation. */
  async client(account) {
    const client = await new Client(this.house.origin, account, this.house.password(account)).open();
    this.clients.push(client);
    return client;
  }

  expectCalm() {
    for (const page of this.pages) assert.deepEqual(page.troubles, [], `on ${page.url()}`);
    for (const client of this.clients) assert.equal(client.failure, undefined);
    assert.deepEqual(this.house.complaints(), []);
  }

  async shootAll(name) {
    const open = this.pages.filter((page) => !page.isClosed());
    const words = name.replace(/[^a-z0-9]+/gi, "-");
    await Promise.allSettled(open.map((page, at) => shoot(page, `failed-${words}-${at + 1}`)));
    for (const page of open) if (page.troubles.length) console.error(page.url(), page.troubles);
  }

  async close() {
    await Promise.allSettled(this.clients.filter((client) => !client.closing).map((client) => client.close()));
    await this.browser.close();
    await this.house.close();
  }
}

// Headless, without any wish for the outside world, with a map renderer in software.
const browse = () =>
  chromium.launch({
    executablePath: process.env.VIGIE_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--host-resolver-rules=MAP *.example 127.0.0.1", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--autoplay-policy=no-user-gesture-required"],
  });
