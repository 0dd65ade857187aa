const hasty = 600

/** A question with tiles for answers. Once what it is about has changed it is over, and never comes back by itself. */
export class Question<What extends string> {
  asked = $state<What | undefined>()
  #standing: unknown
  #askedAt = -Infinity
  readonly #now: () => number

  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** Asks; or no longer, when it is asked already. */
  toggle(what: What): void {
    if (this.asked === what) return this.answer(() => this.close())
    this.asked = what
    this.#askedAt = this.#now()
  }

  /** Takes an answer, unless it comes so soon after the question that the hand was still asking: it is logged for good. */
  answer(give: () => void): void {
    if (this.#now() - this.#askedAt >= hasty) give()
  }

  close(): void {
    this.asked = undefined
  }

  /** Says how what it is about stands now. */
  follow(standing: unknown): void {
    if (standing !== this.#standing) this.close()
    this.#standing = standing
  }
}
