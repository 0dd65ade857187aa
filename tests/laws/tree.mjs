// What the laws read: the project's own files, as git knows them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const listed = ["ls-files", "--cached", "--others", "--exclude-standard"];
export const files = execFileSync("git", listed, { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);

export const read = (file) => readFileSync(path.join(root, file), "utf8");

export const sources = (...endings) => files.filter((file) => endings.some((ending) => file.endsWith(ending)));

/** Every `#include` of a file, as written between its quotes or brackets. */
export const includes = (file) => [...read(file).matchAll(/^\s*#include\s+["<]([^">]+)[">]/gm)].map((m) => m[1]);
