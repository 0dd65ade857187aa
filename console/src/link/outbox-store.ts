import type { Database } from './database'
import { whenFree, type Locks } from './lanes'
import type { Kept, OutboxStore } from './outbox'

/** Keeps waiting commands in the browser's database, on disk before it says so: a phone may lose its battery. */
export function outboxStore(database: Database): OutboxStore {
  return {
    async keep(entry) {
      const shelf = database.transaction('outbox', 'readwrite', { durability: 'strict' })
      await shelf.store.put(entry)
      await shelf.done
    },
    remove: (id) => database.delete('outbox', id),
    async withdraw({ id, lane }) {
      const shelf = database.transaction('outbox', 'readwrite', { durability: 'strict' })
      const isOurs = (await shelf.store.get(id))?.lane === lane
      if (isOurs) await shelf.store.delete(id)
      await shelf.done
      return isOurs
    },
  }
}

const inOrder = (entries: Kept[]) => entries.sort((one, other) => one.order - other.order)

/** All waiting commands of an account and service, whichever page made them, in order. */
export async function waitingIn(database: Database, scope: string): Promise<Kept[]> {
  return inOrder(await database.getAllFromIndex('outbox', 'scope', scope))
}

/** How many commands wait to be sent, by the account that made them, whoever that is. */
export async function waitingByAccount(database: Database): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { scope, refused } of await database.getAll('outbox')) {
    const account = scope.slice(scope.indexOf('/') + 1)
    if (!refused) counts.set(account, (counts.get(account) ?? 0) + 1)
  }
  return counts
}

/** What an heir looks after: the commands of one account and service, for the page that holds `lane`. */
export interface Inheritance {
  /** Acts on the browser's database, which may have to be opened anew; none where the browser keeps nothing. */
  inDatabase<Result>(act: (database: Database) => Promise<Result>): Promise<Result | undefined>
  locks: Locks
  scope: string
  lane: string
  take(entries: Kept[]): void
}

/** Takes over the commands of pages that are gone, so that none is forgotten and none is sent by two pages. */
export class Heir {
  #of: Inheritance
  #expected = new Set<string>()
  #taken = new Set<string>()

  constructor(of: Inheritance) {
    this.#of = of
  }

  /**
   * Looks for commands of other pages. Those of dead pages are taken over before this resolves; those of a page still
   * open when it closes, unless another heir was quicker.
   */
  async look(): Promise<void> {
    const { inDatabase, scope, lane } = this.#of
    const waiting = (await inDatabase((database) => waitingIn(database, scope))) ?? []
    const lanes = new Set(waiting.map((entry) => entry.lane))
    for (const other of lanes) if (other !== lane && !this.#expected.has(other)) await this.#expect(other)
  }

  async #expect(other: string): Promise<void> {
    this.#expected.add(other)
    await whenFree(this.#of.locks, other, async () => {
      this.#expected.delete(other)
      const { inDatabase, scope, lane } = this.#of
      this.#take((await inDatabase((database) => rehome(database, scope, { from: other, to: lane }))) ?? [])
    })
  }

  /** Where the browser could not write down that they moved, the same ones are found again. */
  #take(entries: Kept[]): void {
    const untaken = entries.filter(({ id }) => !this.#taken.has(id))
    for (const { id } of untaken) this.#taken.add(id)
    this.#of.take(untaken)
  }
}

/** What a full store cannot write down as moved is taken all the same: the server takes an id once. */
async function rehome(database: Database, scope: string, lane: { from: string; to: string }): Promise<Kept[]> {
  const entries = await waitingIn(database, scope)
  const moved = entries.filter((entry) => entry.lane === lane.from).map((entry) => ({ ...entry, lane: lane.to }))
  await putAll(database, moved).catch(() => undefined)
  return moved
}

async function putAll(database: Database, entries: Kept[]): Promise<void> {
  const shelf = database.transaction('outbox', 'readwrite')
  await Promise.all([...entries.map((entry) => shelf.store.put(entry)), shelf.done])
}
