// What an administrator mistypes, and what the machine does not allow: each verb says so, and does nothing by halves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server } from "../support/server.mjs";

let server;

before(async () => (server = await Server.open()));
after(() => server?.close());

/** What the verb said, once it has ended with this code. */
async function said(code, ...verb) {
  const { code: ended, stdout, stderr } = await server.run(...verb);
  assert.equal(ended, code, `${verb.join(" ")}: ${stdout}${stderr}`);
  return stdout + stderr;
}

const opens = async (key) => (await fetch(`${server.origin}/metrics`, { headers: { authorization: `Bearer ${key}` } })).status === 200;
const made = async (...words) => (await said(0, "key", "metrics", ...words)).split("\n").find((line) => line.startsWith("vk_"));

test("an account is removed once, and by its right name", async () => {
  await said(0, "account", "add", "joel", "--service", "rennes", "--role", "dispatcher");
  assert.match(await said(1, "account", "remove", "jole"), /There is no such account/);
  assert.match(await said(0, "account", "list"), /^joel /m);
  assert.match(await said(0, "account", "remove", "joel"), /joel is removed/);
  assert.doesNotMatch(await said(0, "account", "list"), /^joel /m);
});

test("keys are listed, and one is taken back by its label", async () => {
  const key = await made("--label", "prometheus");
  assert.ok(await opens(key));
  assert.match(await said(0, "key", "list"), /^[0-9a-f]{12} {2}metrics +prometheus$/m);
  assert.match(await said(0, "key", "remove", "prometheus"), /opens nothing any more:\n[0-9a-f]{12} {2}metrics/);
  assert.ok(!(await opens(key)));
  assert.match(await said(1, "key", "remove", "prometheus"), /There is no such account or key/);
});

test("of two keys with one label, one is taken back by its number", async () => {
  const [first, second] = [await made("--label", "twice"), await made("--label", "twice")];
  const numbers = (await said(1, "key", "remove", "twice")).match(/^[0-9a-f]{12}(?= {2}metrics)/gm);
  assert.equal(numbers.length, 2);
  await said(0, "key", "remove", numbers[0]);
  assert.deepEqual([await opens(first), await opens(second)].sort(), [false, true]);
});
