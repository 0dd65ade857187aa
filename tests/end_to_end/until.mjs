// Waiting for what no browser event tells.
import { setTimeout as sleep } from "node:timers/promises";

const patience = 30_000;
const pause = 100;

/** Asks again and again until `found` gives something true, and gives that; throws what `complaint` says after half a minute. */
export async function until(found, complaint) {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(pause)) {
    const value = await found();
    if (value) return value;
  }
  throw new Error(`waited ${patience} ms in vain: ${complaint()}`);
}
