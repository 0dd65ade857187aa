import type { Fix } from '@words'
import { fixFrom, worthSending } from './sharing-rules'

const stoppedKey = 'vigie:sharing-stopped'
const againAfter = 20_000
const patience = 30_000
// A measurement carries its own time, so that a desk shows an older one as old.
const newEnough = 20_000
// After so long without a measurement nobody's position is shared.
const lostAfter = 60_000

/** What position sharing does now. `stopped` was chosen here; `idle` is off duty or on a break. */
export type SharingState = 'idle' | 'stopped' | 'searching' | 'sharing' | 'denied' | 'unavailable'

/** What sharing needs. */
export interface SharingPorts {
  send(fix: Fix): boolean
  clockOffset(): number
  battery(): number | undefined
}

/** Shares the phone's position while it may: on duty, not on a break, and not stopped by the pair. */
export class Sharing {
  state = $state<SharingState>('idle')
  /** Since when it is so, by the server's clock. */
  since = $state(0)
  #ports: SharingPorts
  #last: Fix | undefined
  #foundAt = 0
  #watch: number | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(ports: SharingPorts) {
    this.#ports = ports
  }

  /** On duty, or not. */
  allow(allowed: boolean): void {
    if (!allowed) return this.#end('idle')
    const stoppedAt = localStorage.getItem(stoppedKey)
    if (stoppedAt === null) return this.#begin()
    this.#end('stopped')
    this.since = Number(stoppedAt)
  }

  /** The pair stops it. */
  stop(): void {
    localStorage.setItem(stoppedKey, String(Date.now() + this.#ports.clockOffset()))
    this.allow(true)
  }

  /** The pair resumes it, or takes up its duty. */
  resume(): void {
    this.forgetStop()
    this.allow(true)
  }

  /** A new duty begins shared. */
  forgetStop(): void {
    localStorage.removeItem(stoppedKey)
  }

  /** The network is back: the server may have lost what it was told before, so it is told again. */
  tellAgain(): void {
    this.#last = undefined
    this.#measure()
  }

  #lookAgain(): void {
    if (this.state === 'sharing' && Date.now() - this.#foundAt > lostAfter) this.#enter('unavailable')
    this.#measure()
  }

  #measure(): void {
    if (this.#watch === undefined) return
    navigator.geolocation.getCurrentPosition(this.#found, () => {}, { timeout: patience, maximumAge: newEnough })
  }

  #begin(): void {
    if (this.#watch !== undefined) return
    if (!navigator.geolocation) return this.#enter('unavailable')
    this.#enter('searching')
    const options = { enableHighAccuracy: true, timeout: patience, maximumAge: newEnough }
    this.#watch = navigator.geolocation.watchPosition(this.#found, this.#failed, options)
    // A phone that lies still may measure nothing new, and would look lost on the map.
    this.#timer = setInterval(() => this.#lookAgain(), againAfter)
  }

  #end(state: 'idle' | 'stopped'): void {
    if (this.#watch !== undefined) navigator.geolocation.clearWatch(this.#watch)
    clearInterval(this.#timer)
    this.#watch = this.#last = undefined
    this.#enter(state)
  }

  #found = (position: GeolocationPosition): void => {
    if (this.#watch === undefined) return
    const fix = fixFrom(position, this.#ports.clockOffset(), this.#ports.battery())
    this.#foundAt = Date.now()
    this.#enter('sharing')
    if (worthSending(this.#last, fix) && this.#ports.send(fix)) this.#last = fix
  }

  #failed = (error: GeolocationPositionError): void => {
    if (this.#watch === undefined) return
    if (error.code === error.PERMISSION_DENIED) this.#enter('denied')
    else if (this.state !== 'sharing') this.#enter('unavailable')
  }

  #enter(state: SharingState): void {
    if (state === this.state) return
    this.state = state
    this.since = Date.now() + this.#ports.clockOffset()
  }
}
