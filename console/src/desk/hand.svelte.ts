/** Whether a hand is in a part of the screen: the pointer is over it, or the focus in it. */
export class Hand {
  #pointing = $state(false)
  #focused = $state.raw<Element | undefined>()

  // Not every browser says that the focus is gone with the row that had it.
  get isIn(): boolean {
    return this.#pointing || (this.#focused?.matches(':focus-within') ?? false)
  }

  /** What the part's element listens to. */
  readonly listeners = {
    onpointerenter: () => void (this.#pointing = true),
    onpointerleave: () => void (this.#pointing = false),
    onfocusin: ({ currentTarget }: FocusEvent) => void (this.#focused = currentTarget as Element),
    onfocusout: ({ currentTarget, relatedTarget }: FocusEvent) => {
      const part = currentTarget as Element
      this.#focused = part.contains(relatedTarget as Node | null) ? part : undefined
    },
  }
}
