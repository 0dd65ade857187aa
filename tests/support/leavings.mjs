// What a test started or made is ended and removed with its process, however that ends: all passed, something failed, or a
// signal told it to stop. (Nothing can be done about SIGKILL.)
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import path from "node:path";

const leavings = []; // { left, end }, in the order in which they are ended
const folders = new Set();

process.on("exit", () => {
  for (const { left, end } of leavings) for (const each of left) attempt(() => end(each));
  for (const folder of folders) attempt(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
});
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(128 + constants.signals[signal]));

/** What cannot be ended keeps nothing else from being ended. */
function attempt(end) {
  try {
    end();
  } catch (error) {
    console.error(`left behind: ${error.message}`);
  }
}

/** A set of what is there now; what is still in it when this process ends is given to `end`, which must not wait. */
export function endedWithUs(end) {
  const left = new Set();
  leavings.push({ left, end });
  return left;
}

/** A folder with a short path, for there will be sockets in it; it is removed when this process ends, if it was not before. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "vigie-f-"));
  folders.add(folder);
  return folder;
}
