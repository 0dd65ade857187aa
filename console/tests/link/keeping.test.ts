import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '@/link/database'
import { Keeping } from '@/link/keeping'
import { waitingIn } from '@/link/outbox-store'
import { applyFrame, emptyReplica } from '@/link/replica'
import { FakeTiming } from './fake-timing'
import { nothing, service, welcome } from './words'

const entry = (id: string) => ({
  ...{ id, scope: 'rennes/binome-1', lane: 'l', order: 1, made_at_ms: 1 },
  command: { type: 'accept_assignment', assignment: 'a1' } as const,
})

/** The databases that are opened from now on, so that a story can take them away. */
function openedFromNowOn(): IDBDatabase[] {
  const opened: IDBDatabase[] = []
  const open = indexedDB.open.bind(indexedDB)
  vi.spyOn(indexedDB, 'open').mockImplementation((...given) => {
    const request = open(...given)
    request.addEventListener('success', () => opened.push(request.result))
    return request
  })
  return opened
}

afterEach(() => vi.restoreAllMocks())

describe('what a browser keeps', () => {
  it('is kept on when the browser closed the database of a page in the background', async () => {
    const opened = openedFromNowOn()
    const keeping = new Keeping('rennes/binome-1', 'l', new FakeTiming())
    await keeping.keep(entry('c1'))
    opened[0]!.close()
    await keeping.keep(entry('c2'))
    opened.at(-1)!.close()
    await keeping.remove('c1')
    const waiting = await waitingIn(await openDatabase(), 'rennes/binome-1')
    expect(waiting.map((each) => each.id)).toEqual(['c2'])
  })

  it('is looked through for the commands of dead pages, also after the browser closed the database', async () => {
    const opened = openedFromNowOn()
    const timing = new FakeTiming()
    const heir = new Keeping('rennes/binome-2', 'living', timing)
    const taken: string[] = []
    await heir.adopt((entries) => taken.push(...entries.map(({ id }) => id)))
    for (const database of opened) database.close()
    const dead = new Keeping('rennes/binome-2', 'dead', timing)
    await dead.keep({ ...entry('c9'), scope: 'rennes/binome-2', lane: 'dead' })
    await vi.waitFor(() => {
      timing.pass(10_000)
      expect(taken).toEqual(['c9'])
    })
  })

  it('is a copy as old as the last word of the server, and taken away when that is too long ago', async () => {
    const timing = new FakeTiming()
    const keeping = new Keeping('rennes/binome-4', 'l', timing)
    const replica = emptyReplica()
    applyFrame(replica, welcome(), timing.now())
    applyFrame(replica, { type: 'whole', version: 1, entities: nothing() }, timing.now())
    await keeping.copyNow(replica)
    timing.pass(15 * 3_600_000)
    await keeping.copyNow(replica) // put away without network
    expect(await keeping.lastReplica()).toMatchObject({ version: 1, storedAt: 1_000_000 })
    timing.pass(3_600_000)
    expect(await keeping.lastReplica()).toBeUndefined()
    expect(await (await openDatabase()).get('replicas', 'rennes/binome-4')).toBeUndefined()
    await keeping.copyNow(replica)
    expect(await (await openDatabase()).get('replicas', 'rennes/binome-4')).toBeUndefined()
  })

  it('is erased at sign-out, also after the browser closed the database', async () => {
    const opened = openedFromNowOn()
    const keeping = new Keeping('rennes/binome-3', 'l', new FakeTiming())
    const replica = { ...emptyReplica(), version: 1, line: 'first', actor: welcome().actor, service, heardAt: 999_000 }
    await keeping.copyNow(replica)
    expect(await keeping.lastReplica()).toMatchObject({ version: 1 })
    for (const database of opened) database.close()
    await keeping.eraseReplica()
    expect(await keeping.lastReplica()).toBeUndefined()
  })
})
