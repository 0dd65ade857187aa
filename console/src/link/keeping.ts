import { openDatabase, type Database } from './database'
import { browserLocks, holdLane } from './lanes'
import type { Kept, OutboxStore } from './outbox'
import { Heir, outboxStore } from './outbox-store'
import type { Replica } from './replica'
import { copyOf, readReplica, writeReplica, type StoredReplica } from './stored-replica'
import type { Timing } from './timing'

const lookEvery = 10_000
const restFor = 1_000

/** What this browser keeps for one account and service. Where it keeps nothing, all lasts as long as the page. */
export class Keeping implements OutboxStore {
  readonly scope: string
  readonly lane: string
  #timing: Timing
  #database: Promise<Database | undefined>
  #cancelLook = () => {}
  #cancelWrite: (() => void) | undefined

  constructor(scope: string, lane: string, timing: Timing) {
    this.scope = scope
    this.lane = lane
    this.#timing = timing
    this.#database = this.#open()
  }

  async keep(entry: Kept): Promise<void> {
    await this.#inDatabase((database) => outboxStore(database).keep(entry))
  }

  async remove(id: string): Promise<void> {
    await this.#inDatabase((database) => outboxStore(database).remove(id))
  }

  async withdraw(entry: Kept): Promise<boolean> {
    return (await this.#inDatabase((database) => outboxStore(database).withdraw(entry))) ?? true
  }

  /** Whether what is kept outlives the page. */
  async lasts(): Promise<boolean> {
    return (await this.#database) !== undefined
  }

  /** Holds this page's lane and hands over the commands of pages that are gone. */
  async adopt(take: (entries: Kept[]) => void): Promise<void> {
    const locks = browserLocks()
    await holdLane(locks, this.lane)
    if (!(await this.lasts())) return
    const { scope, lane } = this
    await this.#look(new Heir({ inDatabase: (act) => this.#inDatabase(act), locks, scope, lane, take }))
  }

  /** Takes over no more. */
  close(): void {
    this.#cancelLook()
  }

  /** The copy of the replica, where there is one to resume from. */
  async lastReplica(): Promise<StoredReplica | undefined> {
    return this.#inDatabase((database) => readReplica(database, this.scope, this.#timing.now()))
  }

  /** The replica changed: its copy follows within a second. */
  copySoon(replica: Replica): void {
    this.#cancelWrite ??= this.#timing.later(restFor, () => void this.copyNow(replica))
  }

  /** Writes the copy now, as when the page is hidden and may be killed. */
  async copyNow(replica: Replica): Promise<void> {
    this.#stopWriting()
    const stored = copyOf(replica)
    if (stored) await this.#inDatabase((database) => writeReplica(database, this.scope, stored, this.#timing.now()))
  }

  /** Erases the copy. */
  async eraseReplica(): Promise<void> {
    this.#stopWriting()
    await this.#inDatabase((database) => database.delete('replicas', this.scope))
  }

  // A page that was opened after this one may die with commands of its own.
  async #look(heir: Heir): Promise<void> {
    await heir.look().catch(() => undefined)
    this.#cancelLook = this.#timing.later(lookEvery, () => void this.#look(heir))
  }

  #stopWriting(): void {
    this.#cancelWrite?.()
    this.#cancelWrite = undefined
  }

  #open(): Promise<Database | undefined> {
    return openDatabase(() => (this.#database = this.#open())).catch(() => undefined)
  }

  /**
   * Once more with the database opened anew: a browser may have closed it without a word. None where the browser keeps
   * nothing.
   */
  async #inDatabase<Result>(act: (database: Database) => Promise<Result>): Promise<Result | undefined> {
    const attempt = async () => {
      const database = await this.#database
      return database && (await act(database))
    }
    try {
      return await attempt()
    } catch {
      this.#database = this.#open()
      return attempt()
    }
  }
}
