const readingTime = 700

/** The places in which teams are proposed: one answers once its team has stood in it long enough to be read. */
export class Places {
  #teams: readonly string[] = []
  #since: readonly number[] = []

  /** Shows these teams in this order; `now` in milliseconds. Where nobody stood, nobody can be mistaken. */
  show(teams: readonly string[], now: number): void {
    const since = (team: string, at: number): number => {
      const before = this.#teams[at]
      if (before === undefined) return -Infinity
      return before === team ? this.#since[at]! : now
    }
    this.#since = teams.map(since)
    this.#teams = teams
  }

  /** The team in this place, from 0; none where it stands too shortly, or nobody does. */
  at(place: number, now: number): string | undefined {
    return now - (this.#since[place] ?? now) >= readingTime ? this.#teams[place] : undefined
  }
}
