// Chance from a seed: the same seed gives the same night.

/** A generator of numbers in [0, 1), mulberry32. */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    pick: (items) => items[Math.floor(next() * items.length)],
    happens: (share) => next() < share,
  };
}

/** So many generators from one seed; how much is drawn from one changes nothing in the others. */
export function chances(seed, count) {
  const { next } = chance(seed);
  return Array.from({ length: count }, () => chance(next() * 2 ** 32));
}
