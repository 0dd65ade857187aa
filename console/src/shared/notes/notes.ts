const all = 'vigie:notes:'

/**
 * What one account wrote down on this device and did not send yet. It outlives the end of the browser, but neither a
 * sign-out nor somebody else's sign-in.
 */
export class Notes {
  readonly #own: string

  constructor(account: string) {
    this.#own = `${all}${account}:`
    eraseNotes((key) => !key.startsWith(this.#own))
  }

  /** What was written under this name; nothing where that cannot be read. */
  read<Note>(name: string): Note | undefined {
    try {
      return JSON.parse(localStorage.getItem(this.#own + name) ?? 'null') ?? undefined
    } catch {
      return undefined
    }
  }

  /** Keeps a note instead of the last one of this name; none takes that away. */
  write(name: string, note: object | string | undefined): void {
    if (note === undefined) localStorage.removeItem(this.#own + name)
    else localStorage.setItem(this.#own + name, JSON.stringify(note))
  }
}

/** Erases the notes on this device, or those under such keys. */
export function eraseNotes(which: (key: string) => boolean = () => true): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(all) && which(key)) localStorage.removeItem(key)
}
