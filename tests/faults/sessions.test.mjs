// A session that ends, in whatever process, closes its screens everywhere; the others stay.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server } from "../support/server.mjs";
import { Steadfast } from "./steadfast.mjs";

const account = "rennes.regulateur";
const another = "rennes.encadrant";
let one, beside, bystanders;

before(async () => {
  one = await Server.open();
  beside = await one.openBeside();
  const cookies = new Map();
  bystanders = [await Steadfast.enter(one, another, cookies), await Steadfast.enter(beside, another, cookies)];
});

after(async () => {
  await Steadfast.leaveAll();
  await beside?.close();
  await one?.close();
});

/** A screen on each process, with one session. */
async function twoScreens() {
  const cookies = new Map();
  return [await Steadfast.enter(one, account, cookies), await Steadfast.enter(beside, account, cookies)];
}

async function bothAreClosed(screens) {
  for (const screen of screens) {
    screen.closing = true; // it is not to come back by itself
    await screen.until(() => screen.closes.length > 0, "it is closed");
    assert.deepEqual(screen.closes, [4401]);
  }
  for (const { closes } of bystanders) assert.deepEqual(closes, [], "somebody else's session is untouched");
}

test("signing out closes the session's screens on both processes", async () => {
  const screens = await twoScreens();
  const response = await fetch(`${one.origin}/api/v1/session`, {
    method: "DELETE",
    headers: { cookie: screens[0].cookie, origin: one.origin },
  });
  assert.equal(response.status, 204);
  await bothAreClosed(screens);
});

test("a new password from the command line closes the account's screens on both processes", async () => {
  const screens = await twoScreens();
  const { code, stdout } = await one.run("account", "reset", account);
  assert.equal(code, 0);
  await bothAreClosed(screens);
  const old = await fetch(`${beside.origin}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: beside.origin },
    body: JSON.stringify({ account, password: one.password(account) }),
  });
  assert.equal(old.status, 401, "the old password is worth nothing");
  one.accounts.find((known) => known.account === account).password = stdout.split(/\s+/)[1];
});

test("an account that is removed is closed out, and cannot come back", async () => {
  const screens = await twoScreens();
  assert.equal((await beside.run("account", "remove", account)).code, 0);
  await bothAreClosed(screens);
  const answer = await fetch(`${one.origin}/api/v1/session`, { headers: { cookie: screens[0].cookie } });
  assert.equal(answer.status, 401);
});
