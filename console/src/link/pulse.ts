import type { Timing } from './timing'

const pingEvery = 10_000
const probeTimeout = 4_000

/** Listens whether the other side is still there: pings, and tells when nothing was heard for twice a heartbeat. */
export class Pulse {
  #timing: Timing
  #on: { ping(): void; silent(): void }
  #heartbeat = 0
  #lastHeard = 0
  #cancelPing = () => {}
  #cancelSilence = () => {}

  constructor(timing: Timing, on: { ping(): void; silent(): void }) {
    this.#timing = timing
    this.#on = on
  }

  /** Begins to listen; `heartbeat` in milliseconds, as the server said. */
  start(heartbeat: number): void {
    this.stop()
    this.#heartbeat = heartbeat
    this.#lastHeard = this.#timing.now()
    this.#pingLater()
    this.#watch(2 * heartbeat)
  }

  stop(): void {
    this.#heartbeat = 0
    this.#cancelPing()
    this.#cancelSilence()
  }

  /** Something came. */
  heard(): void {
    this.#lastHeard = this.#timing.now()
  }

  /** Asks for a sign of life and waits for it only a moment: after a sleep the line is often dead. */
  probe(): void {
    if (this.#heartbeat === 0) return
    this.#on.ping()
    const asked = this.#timing.now()
    this.#timing.later(probeTimeout, () => {
      if (this.#heartbeat !== 0 && this.#lastHeard < asked) this.#on.silent()
    })
  }

  #pingLater(): void {
    this.#cancelPing = this.#timing.later(Math.min(pingEvery, this.#heartbeat), () => {
      this.#on.ping()
      this.#pingLater()
    })
  }

  #watch(wait: number): void {
    this.#cancelSilence = this.#timing.later(wait, () => {
      const left = this.#lastHeard + 2 * this.#heartbeat - this.#timing.now()
      if (left <= 0) this.#on.silent()
      else this.#watch(left)
    })
  }
}
