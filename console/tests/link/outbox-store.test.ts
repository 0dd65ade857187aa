import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '@/link/database'
import { holdLane, type Locks } from '@/link/lanes'
import type { Kept } from '@/link/outbox'
import { Heir, outboxStore, waitingIn } from '@/link/outbox-store'
import { FakeLocks } from './fake-locks'

let scopes = 0
const newScope = () => `rennes/binome-${++scopes}`
const entry = (scope: string, lane: string, order: number): Kept => ({
  ...{ id: `${scope}-${9 - order}`, scope, lane, order, made_at_ms: order },
  command: { type: 'accept_assignment', assignment: 'a1' },
})

/** A page of one account: it holds its lane and takes over what dead pages left. */
async function page(locks: Locks, scope: string, lane: string) {
  const database = await openDatabase()
  const adopted: number[] = []
  await holdLane(locks, lane)
  const take = (entries: Kept[]) => void adopted.push(...entries.map((each) => each.order))
  const heir = new Heir({ inDatabase: (act) => act(database), locks, scope, lane, take })
  await heir.look()
  return { database, adopted, heir, store: outboxStore(database) }
}

afterEach(() => void vi.restoreAllMocks())

describe('waiting commands in the browser', () => {
  it('outlive the page, and the next page sends them in order', async () => {
    const [browser, scope] = [new FakeLocks(), newScope()]
    const first = await page(browser.ofPage('first'), scope, 'first')
    for (const order of [2, 1, 3]) await first.store.keep(entry(scope, 'first', order))
    browser.kill('first')
    const second = await page(browser.ofPage('second'), scope, 'second')
    expect(second.adopted).toEqual([1, 2, 3])
    expect((await waitingIn(second.database, scope)).map((each) => each.lane)).toEqual(['second', 'second', 'second'])
  })

  it('are sent by the next page also where the browser can write no more, each once', async () => {
    const [browser, scope] = [new FakeLocks(), newScope()]
    const first = await page(browser.ofPage('first'), scope, 'first')
    for (const order of [2, 1]) await first.store.keep(entry(scope, 'first', order))
    browser.kill('first')
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('The disk is full', 'QuotaExceededError')
    })
    const second = await page(browser.ofPage('second'), scope, 'second')
    await second.heir.look()
    expect(second.adopted).toEqual([1, 2])
  })

  it('are left to the page that made them as long as it lives', async () => {
    const [browser, scope] = [new FakeLocks(), newScope()]
    const first = await page(browser.ofPage('first'), scope, 'first')
    await first.store.keep(entry(scope, 'first', 1))
    const second = await page(browser.ofPage('second'), scope, 'second')
    expect(second.adopted).toEqual([])
    browser.kill('first')
    await browser.quiet()
    expect(second.adopted).toEqual([1])
  })

  it('are found when they were made after the heir had first looked', async () => {
    const [browser, scope] = [new FakeLocks(), newScope()]
    const first = await page(browser.ofPage('first'), scope, 'first')
    const second = await page(browser.ofPage('second'), scope, 'second')
    await second.store.keep(entry(scope, 'second', 1))
    browser.kill('second')
    await first.heir.look()
    await first.heir.look()
    expect(first.adopted).toEqual([1])
  })

  it('are taken over by one page only', async () => {
    const [browser, scope] = [new FakeLocks(), newScope()]
    const first = await page(browser.ofPage('first'), scope, 'first')
    await first.store.keep(entry(scope, 'first', 1))
    const second = await page(browser.ofPage('second'), scope, 'second')
    const third = await page(browser.ofPage('third'), scope, 'third')
    browser.kill('first')
    await browser.quiet()
    expect([...second.adopted, ...third.adopted]).toEqual([1])
  })

  it('are never seen by another account', async () => {
    const [browser, scope] = [new FakeLocks(), newScope()]
    const first = await page(browser.ofPage('first'), scope, 'first')
    await first.store.keep(entry(scope, 'first', 1))
    browser.kill('first')
    const other = await page(browser.ofPage('other'), newScope(), 'other')
    expect(other.adopted).toEqual([])
  })

  it('are taken back by the page that holds them, and by none that holds them no longer', async () => {
    const [browser, scope] = [new FakeLocks(), newScope()]
    const first = await page(browser.ofPage('first'), scope, 'first')
    const [kept, lost] = [entry(scope, 'first', 1), entry(scope, 'first', 2)]
    await first.store.keep(kept)
    expect(await first.store.withdraw(kept)).toBe(true)
    expect(await first.store.withdraw(kept)).toBe(false)
    await first.store.keep(lost)
    browser.kill('first')
    const second = await page(browser.ofPage('second'), scope, 'second')
    expect(await first.store.withdraw(lost)).toBe(false)
    expect((await waitingIn(second.database, scope)).map(({ lane }) => lane)).toEqual(['second'])
  })

  it('are gone once answered', async () => {
    const [browser, scope] = [new FakeLocks(), newScope()]
    const first = await page(browser.ofPage('first'), scope, 'first')
    await first.store.keep(entry(scope, 'first', 1))
    await first.store.remove(`${scope}-8`)
    expect(await waitingIn(first.database, scope)).toEqual([])
  })
})
