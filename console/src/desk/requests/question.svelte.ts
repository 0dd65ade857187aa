/** A question with tiles for answers. Once what it is about has changed it is over, and never comes back by itself. */
export class Question<What extends string> {
  asked = $state<What | undefined>()
  #standing: unknown

  /** Asks; or no longer, when it is asked already. */
  toggle(what: What): void {
    this.asked = this.asked === what ? undefined : what
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
