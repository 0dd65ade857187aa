import type { Timing } from '@/link/timing'

/** A clock that moves when told; actions that fall due happen in their order. */
export class FakeTiming implements Timing {
  #now = 1_000_000
  #actions: { due: number; action: () => void }[] = []
  luck = 0.5

  now = () => this.#now
  chance = () => this.luck

  later(ms: number, action: () => void): () => void {
    const entry = { due: this.#now + ms, action }
    this.#actions.push(entry)
    return () => (this.#actions = this.#actions.filter((each) => each !== entry))
  }

  pass(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#actions = this.#actions.filter((each) => each !== next)
      this.#now = next.due
      next.action()
    }
    this.#now = end
  }

  #next(end: number) {
    return this.#actions.filter((each) => each.due <= end).sort((one, other) => one.due - other.due)[0]
  }
}
