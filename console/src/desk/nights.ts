import type { LiveReplica } from '@/link/api'
import { language } from '@/shared/i18n/language.svelte'
import { hour, nightDate, nightOf } from '@/shared/time/format'
import { clock } from '@/shared/time/ticker.svelte'
import { text } from './words/text'

const day = 86_400_000

/** Tells tonight from the nights before: what is over stays on the screens for a day. */
export class Nights {
  readonly #replica: Pick<LiveReplica, 'night' | 'service'>
  readonly #now: () => number

  constructor(replica: Pick<LiveReplica, 'night' | 'service'>, now = () => clock.now) {
    this.#replica = replica
    this.#now = now
  }

  /** The service's zone, for hours on screen. */
  get zone(): string {
    return this.#replica.service?.time_zone ?? 'Europe/Paris'
  }

  /** The date of the night that is open, or else of the one that now belongs to. */
  get tonight(): string {
    return this.#open?.date ?? nightOf(this.#now(), this.zone)
  }

  /** Whether it happened in the night that is open, or else in the one that now belongs to. */
  readonly isTonight = (instant: number): boolean => this.#of(instant) === this.tonight

  /** `23:14`, and the night before it unless it is tonight: `hier 23:14`, `sam. 21 nov. 23:14`. */
  readonly when = (instant: number): string => [this.word(this.#of(instant)), hour(instant, this.zone)].join(' ').trim()

  /** What a night is called from here: nothing when it is tonight, `hier`, `sam. 21 nov.`. */
  readonly word = (date: string): string => {
    const ago = (Date.parse(this.tonight) - Date.parse(date)) / day
    if (ago === 0) return ''
    return ago === 1 ? text().night.yesterday : nightDate(date, language.locale)
  }

  get #open() {
    const { night } = this.#replica
    return night?.closed_at_ms === undefined ? night : undefined
  }

  #of(instant: number): string {
    const open = this.#open
    return open && instant >= open.opened_at_ms ? open.date : nightOf(instant, this.zone)
  }
}
