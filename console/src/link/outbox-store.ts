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
  }
}

/** Where the browser keeps nothing: commands last as long as the page. */
export const forgetfulStore: OutboxStore = { keep: async () => {}, remove: async () => {} }

const inOrder = (entries: Kept[]) => entries.sort((one, other) => one.order - other.order)

/** All waiting commands of an account and service, whichever page made them, in order. */
export async function waitingIn(database: Database, scope: string): Promise<Kept[]> {
  return inOrder(await database.getAllFromIndex('outbox', 'scope', scope))
}

/**
 * Takes over the commands of pages that are gone. Those of dead pages are handed to `take` before this resolves; those
 * of pages still open follow when such a page closes, unless another page was quicker.
 */
export async function adoptOrphans(
  database: Database,
  locks: Locks,
  { scope, lane, take }: { scope: string; lane: string; take: (entries: Kept[]) => void },
): Promise<void> {
  const entries = await waitingIn(database, scope)
  const lanes = new Set(entries.map((entry) => entry.lane).filter((each) => each !== lane))
  for (const orphan of lanes) {
    const adopt = async () => take(await rehome(database, { scope, from: orphan, to: lane }))
    await whenFree(locks, orphan, adopt)
  }
}

async function rehome(database: Database, way: { scope: string; from: string; to: string }): Promise<Kept[]> {
  const shelf = database.transaction('outbox', 'readwrite')
  const entries = inOrder(await shelf.store.index('scope').getAll(way.scope))
  const moved = entries.filter((entry) => entry.lane === way.from).map((entry) => ({ ...entry, lane: way.to }))
  for (const entry of moved) await shelf.store.put(entry)
  await shelf.done
  return moved
}
