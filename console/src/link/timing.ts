/** The time and chance that the link lives by; tests own theirs. */
export interface Timing {
  /** Milliseconds since 1970, by this machine's clock. */
  now(): number
  /** Does `action` once, `ms` milliseconds from now; call the answer to give it up. */
  later(ms: number, action: () => void): () => void
  /** A number from 0 up to, not including, 1. */
  chance(): number
}

/** The browser's own. */
export const realTiming: Timing = {
  now: () => Date.now(),
  later(ms, action) {
    const timer = setTimeout(action, ms)
    return () => clearTimeout(timer)
  },
  chance: () => Math.random(),
}
