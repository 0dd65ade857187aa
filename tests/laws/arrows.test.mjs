// Arrows go one way: a room includes only rooms that it names in server/CMakeLists.txt.
import assert from "node:assert/strict";
import { test } from "node:test";
import { includes, read, sources } from "./tree.mjs";

const declared = new Map([["protocol", []]]);
for (const [, name, rest] of read("server/CMakeLists.txt").matchAll(/^vigie_room\((\w+)([^)]*)\)/gm)) {
  const uses = /USES([^A-Z]*)/.exec(rest)?.[1] ?? "";
  declared.set(name, uses.split(/\s+/).filter(Boolean));
}

const reached = (room, seen = new Set()) => {
  for (const next of declared.get(room) ?? [])
    if (!seen.has(next)) reached(next, seen.add(next));
  return seen;
};

const roomOf = (file) => (file.startsWith("protocol/") ? "protocol" : /^server\/(\w+)\//.exec(file)?.[1]);

/** Which room may show which third-party header. */
const walls = new Map([
  [/^hiredis/, ["redis"]],
  [/^liburing/, ["gateway"]],
  [/^websocketpp/, ["gateway"]],
  [/^spdlog/, ["runtime"]],
  [/^prometheus/, ["runtime"]],
  [/^toml\+\+/, ["runtime"]],
  [/^boost\/json/, ["protocol"]],
  [/^sodium/, ["runtime", "accounts"]],
  [/^date\//, ["runtime", "domain", "reports"]],
]);

test("a room uses only rooms declared above it", () => {
  const above = new Set();
  for (const [room, uses] of declared) {
    for (const used of uses) assert.ok(above.has(used), `${room} uses ${used}, which does not stand above it`);
    above.add(room);
  }
});

test("an include follows an arrow", () => {
  for (const file of sources(".hpp", ".cpp")) {
    const room = roomOf(file);
    if (!room) continue;
    for (const include of includes(file)) {
      const target = include.split("/")[0];
      if (!declared.has(target) || target === room) continue;
      assert.ok(reached(room).has(target), `${file} includes ${include}: no arrow from ${room} to ${target}`);
    }
  }
});

test("a third-party header stays in its room", () => {
  for (const file of sources(".hpp", ".cpp").filter((f) => roomOf(f)))
    for (const include of includes(file))
      for (const [header, rooms] of walls)
        if (header.test(include)) assert.ok(rooms.includes(roomOf(file)), `${file} includes <${include}>`);
});

test("the domain and dispatch are pure: no clock, no I/O, no log", () => {
  const impure = /std::chrono::\w*clock::now|<iostream>|<fstream>|std::rand|random_device|runtime\/log|asio/;
  for (const file of sources(".hpp", ".cpp").filter((f) => /^server\/(domain|dispatch)\//.test(f)))
    assert.doesNotMatch(read(file), impure, file);
});

test("a coroutine awaits named values (decision 0003)", () => {
  for (const file of sources(".cpp", ".hpp").filter((f) => f.startsWith("server/")))
    assert.doesNotMatch(read(file), /co_await [^;\n]*\((?:[^;()\n]*, ?)?\{/, file);
});
