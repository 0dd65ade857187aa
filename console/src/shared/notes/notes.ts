const all = 'vigie:notes:'

const oldest = 16 * 3_600_000

interface Kept {
  note: unknown
  writtenAt: number
}

const ownOf = (account: string) => `${all}${account}:`

/**
 * What one account wrote down on this device and did not send yet. It outlives the end of the browser, but neither a
 * sign-out, nor somebody else's sign-in, nor the longest session: the next night's pair has the same account.
 */
export class Notes {
  readonly #own: string

  constructor(account: string) {
    this.#own = ownOf(account)
  }

  /** What was written under this name; nothing where that cannot be read, or is too old. */
  read<Note>(name: string): Note | undefined {
    const kept = parsed(localStorage.getItem(this.#own + name))
    return kept && Date.now() - kept.writtenAt < oldest ? (kept.note as Note) : undefined
  }

  /** Keeps a note instead of the last one of this name; none takes that away. The same one again grows no younger. */
  write(name: string, note: object | string | undefined): void {
    const kept = parsed(localStorage.getItem(this.#own + name))
    if (note === undefined) localStorage.removeItem(this.#own + name)
    else if (JSON.stringify(kept?.note) !== JSON.stringify(note))
      localStorage.setItem(this.#own + name, JSON.stringify({ note, writtenAt: Date.now() } satisfies Kept))
  }
}

function parsed(text: string | null): Kept | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch {
    return undefined
  }
}

/** Erases the notes on this device, but for one account's. */
export function eraseNotes(exceptOf?: string): void {
  const kept = exceptOf === undefined ? undefined : ownOf(exceptOf)
  for (const key of Object.keys(localStorage))
    if (key.startsWith(all) && !(kept && key.startsWith(kept))) localStorage.removeItem(key)
}
