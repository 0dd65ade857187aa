// Waiting for what no event tells, and never for ever.
import { setTimeout as sleep } from "node:timers/promises";

export const patience = 30_000; // milliseconds

/** Resolves to what `found` gives as soon as it is true; what `found` throws counts as not yet. */
export async function until(found, what, { hopeless = () => false, said = () => "" } = {}) {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(25)) {
    const value = await Promise.resolve().then(found).catch(() => undefined);
    if (value) return value;
    const why = hopeless();
    if (why) throw new Error(`${why} before ${what}. ${said()}`);
  }
  throw inVain(what, said);
}

/** What the promise gives, for which nobody waits for ever either. */
export async function within(promise, what, said = () => "") {
  let late;
  const tooLate = new Promise((_, reject) => (late = setTimeout(() => reject(inVain(what, said)), patience)));
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(late));
}

const inVain = (what, said) => new Error(`waited ${patience / 1000} s in vain until ${what}. ${said()}`);
