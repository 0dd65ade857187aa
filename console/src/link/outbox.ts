import type { Accepted, Command, Fault, Rejected, Rejection, Submit } from '@words'
import type { Timing } from './timing'

/** A command that waits for its answer. */
export interface Kept {
  /** Made by the sender; the server takes a command with the same id once. */
  id: string
  /** Whose it is: it is never sent under another account. */
  scope: string
  /** The page that sends it. */
  lane: string
  /** Its place in the queue. */
  order: number
  made_at_ms: number
  command: Command
  /** Why the server did not take it: it waits to be read, and is not sent. */
  refused?: Refused
}

/** Why a command was not taken, and which field is at fault, where one is. */
export type Refused = { rejection: Rejection; path?: string }

/** Where waiting commands outlive the page. */
export interface OutboxStore {
  keep(entry: Kept): Promise<void>
  remove(id: string): Promise<void>
  /** Removes it, unless another page has taken it over meanwhile: then false, and that page sends it. */
  withdraw(entry: Kept): Promise<boolean>
}

/** What became of a command. */
export type Outcome = { version: number } | Refused

/** What an outbox needs, and whom it tells. */
export interface OutboxPorts {
  timing: Timing
  store: OutboxStore
  /** False when nothing could be sent. */
  send(frame: Submit): boolean
  onAnswer(entry: Kept, outcome: Outcome): void
  /** It went out: from now on the server may take it. */
  onSent(entry: Kept): void
  /**
   * Whether a command goes on waiting when the server cannot take it down just now, or comes back refused; and whether
   * a refused one outlives the page until it was read.
   */
  patient: boolean
}

const askAgainAfter = 20_000
const pauseWhenRefused = 2_000
const longestPause = 60_000
const ofSubmit = /^(id|made_at_ms|command)\b/

/** Whether the server may take the command yet, or even has: it is sent again with the same id (rule R5.6). */
export const isUndecided = (reason: Rejection | undefined): boolean =>
  reason === 'overloaded' || reason === 'journal_unavailable'

/**
 * Commands go out in order, one at a time, each until it is answered. After a cut the unanswered one is sent again
 * with the same id, which the server takes once.
 */
export class Outbox {
  #ports: OutboxPorts
  #queue: Kept[] = []
  #live = false
  #inFlight: string | undefined
  #kept = new WeakMap<Kept, Promise<void>>()
  #sent = new Set<string>()
  #inVain = 0
  #cancelTimer = () => {}

  constructor(ports: OutboxPorts) {
    this.#ports = ports
  }

  /** The commands that wait, in the order in which they go out. */
  get waiting(): readonly Kept[] {
    return this.#queue
  }

  /** Takes a new command; resolves when it would outlive this page. */
  add(entry: Kept): Promise<void> {
    const kept = this.#ports.store.keep(entry)
    this.#kept.set(entry, kept)
    this.adopt([entry])
    return kept
  }

  /** Takes over commands that lie in the store already. */
  adopt(entries: readonly Kept[]): void {
    const known = new Set(this.#queue.map((entry) => entry.id))
    this.#queue.push(...entries.filter((entry) => !entry.refused && !known.has(entry.id)))
    this.#queue.sort((one, other) => one.order - other.order)
    this.#sendNext()
  }

  /**
   * Takes back a command of this page that never went out; false when it may have, or another page has it: then it goes
   * on waiting.
   */
  async cancel(id: string): Promise<boolean> {
    const entry = this.#queue.find((each) => each.id === id)
    const kept = entry && this.#kept.get(entry)
    if (!kept || this.#sent.has(id)) return false
    this.#queue = this.#queue.filter((each) => each !== entry)
    await kept.catch(() => undefined)
    const isOurs = await this.#ports.store.withdraw(entry).catch(() => false)
    if (!isOurs) this.adopt([entry])
    return isOurs
  }

  /** The connection is live. */
  resume(): void {
    this.#live = true
    this.#inVain = 0
    this.#release()
  }

  /** The connection is gone; the command under way waits again. */
  pause(): void {
    this.#live = false
    this.#cancelTimer()
    this.#inFlight = undefined
  }

  /** The server can take commands down again: one that waits for it need not wait as long as before. */
  journalIsBack(): void {
    if (this.#inFlight === undefined) return
    this.#inVain = 0
    this.#holdFor(pauseWhenRefused)
  }

  /** The server answered a command. */
  answer(frame: Accepted | Rejected): void {
    const entry = this.#queue.find((each) => each.id === frame.id)
    if (!entry) return
    if (frame.type === 'rejected' && this.#ports.patient && isUndecided(frame.reason))
      return this.#holdFor(pauseWhenRefused)
    this.#settle(entry, outcomeOf(frame))
  }

  /** The server could not read a frame. If it was a command, that one must not hold up the others for ever. */
  fault({ kind, path }: Fault): void {
    const entry = this.#queue.find((each) => each.id === this.#inFlight)
    if (entry && kind === 'malformed' && ofSubmit.test(path)) this.#settle(entry, { rejection: 'malformed', path })
  }

  #settle(entry: Kept, outcome: Outcome): void {
    this.#queue = this.#queue.filter((each) => each !== entry)
    this.#inVain = 0
    if ('version' in outcome || !isUndecided(outcome.rejection)) this.#sent.delete(entry.id)
    const { patient, store } = this.#ports
    void (patient && 'rejection' in outcome ? store.keep({ ...entry, refused: outcome }) : store.remove(entry.id))
    this.#ports.onAnswer(entry, outcome)
    if (this.#inFlight === entry.id) this.#release()
  }

  #release(): void {
    this.#cancelTimer()
    this.#inFlight = undefined
    this.#sendNext()
  }

  #sendNext(): void {
    const next = this.#queue[0]
    if (!this.#live || this.#inFlight !== undefined || !next) return
    this.#inFlight = next.id
    this.#holdFor(askAgainAfter)
    const { id, made_at_ms, command } = next
    if (!this.#ports.send({ type: 'submit', id, made_at_ms, command })) return this.pause()
    this.#sent.add(id)
    this.#ports.onSent(next)
  }

  /** Full jitter, and longer with each attempt in vain: a crowd that was refused together does not ask again together. */
  #holdFor(first: number): void {
    this.#cancelTimer()
    const ceiling = Math.min(longestPause, first * 2 ** Math.min(this.#inVain, 10))
    const wait = first / 2 + this.#ports.timing.chance() * (ceiling - first / 2)
    this.#cancelTimer = this.#ports.timing.later(wait, () => {
      this.#inVain += 1
      this.#release()
    })
  }
}

function outcomeOf(frame: Accepted | Rejected): Outcome {
  if (frame.type === 'accepted') return { version: frame.version }
  return frame.path === undefined ? { rejection: frame.reason } : { rejection: frame.reason, path: frame.path }
}
