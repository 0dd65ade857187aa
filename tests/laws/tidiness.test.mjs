// Small files, nothing owed, every room introduced, everything formatted.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { files, read, root, sources } from "./tree.mjs";

const code = sources(".hpp", ".cpp", ".ts", ".svelte", ".mjs", ".js");

test("no file is longer than 400 lines", () => {
  for (const file of code) {
    const lines = read(file).split("\n").length;
    assert.ok(lines <= 400, `${file} has ${lines} lines`);
  }
});

test("nothing is owed or silenced", () => {
  const owed = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X", "NO" + "LINT"].join("|")})\\b|@ts-ignore|eslint-disable`);
  for (const file of code.filter((f) => !f.startsWith("tests/laws"))) assert.doesNotMatch(read(file), owed, file);
});

test("every room says what it is for", () => {
  const rooms = new Set(files.map((file) => /^server\/(\w+)\/.*\.[ch]pp$/.exec(file)?.[1]).filter(Boolean));
  for (const room of [...rooms].map((name) => `server/${name}`).concat("protocol", "console", "tests"))
    assert.ok(files.includes(`${room}/README.md`), `${room}/README.md is missing`);
});

test("scripts can be run and stop at the first error", () => {
  for (const file of files.filter((f) => /^(scripts\/[\w-]+|\.ci\/run)$/.test(f))) {
    assert.ok(statSync(path.join(root, file)).mode & 0o100, `${file} is not executable`);
    if (read(file).startsWith("#!/usr/bin/env bash")) assert.match(read(file), /set -euo pipefail|common\.sh"/, file);
  }
});

test("C++ is formatted", () => {
  execFileSync("clang-format-19", ["--dry-run", "--Werror", ...sources(".hpp", ".cpp")], { cwd: root, stdio: "pipe" });
});
