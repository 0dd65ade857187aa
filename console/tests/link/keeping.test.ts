import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { openDatabase } from '@/link/database'
import { Keeping } from '@/link/keeping'
import { waitingIn } from '@/link/outbox-store'
import { FakeTiming } from './fake-timing'

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
})
