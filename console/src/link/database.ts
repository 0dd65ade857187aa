import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Kept } from './outbox'
import type { StoredReplica } from './stored-replica'

interface Shelves extends DBSchema {
  outbox: { key: string; value: Kept; indexes: { scope: string } }
  replicas: { key: string; value: StoredReplica }
}

/** What this browser keeps for Vigie. */
export type Database = IDBPDatabase<Shelves>

/**
 * Opens the browser's database; `lost` is called when the browser takes it away, as from a page in the background.
 * Rejects where the browser keeps nothing, as in some private windows.
 */
export function openDatabase(lost: () => void = () => {}): Promise<Database> {
  return openDB<Shelves>('vigie', 1, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: 'id' }).createIndex('scope', 'scope')
      database.createObjectStore('replicas')
    },
    terminated: lost,
  })
}
