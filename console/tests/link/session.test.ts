import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import 'fake-indexeddb/auto'
import { openDatabase } from '@/link/database'
import { emptyReplica } from '@/link/replica'
import { mayBeSignedIn, sessionHere, sessionStands, waitingHere } from '@/link/session'
import { copyOf, writeReplica } from '@/link/stored-replica'
import { signIn } from '@/shared/http/session'
import { FakeStorage } from '../fake-storage'
import { service, welcome } from './words'

const device = new FakeStorage()
const copies = async () => (await openDatabase()).getAllKeys('replicas')

beforeEach(() => {
  device.clear()
  vi.stubGlobal('localStorage', device)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const answering = (status: number) => vi.fn(async () => new Response('{}', { status }))

describe('a session', () => {
  it('is over when the server says so', async () => {
    vi.stubGlobal('fetch', answering(401))
    expect(await sessionStands()).toBe(false)
  })

  it('stands while the server cannot be reached, also where its answer never comes', async () => {
    vi.useFakeTimers()
    vi.stubGlobal('fetch', () => new Promise(() => {}))
    const stands = sessionStands()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await stands).toBe(true)
  })

  it('that was just begun is known to the next page, also where the server is slow to say it again', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"actor":{"account":"anne"}}', { status: 200 }))
    await signIn('anne', 'secret')
    vi.useFakeTimers()
    vi.stubGlobal('fetch', () => new Promise(() => {}))
    const here = sessionHere()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await here).toMatchObject({ actor: { account: 'anne' } })
  })

  it('is not needed to know whose commands wait on this device', async () => {
    const database = await openDatabase()
    const entry = (id: string, account: string) => ({
      ...{ id, scope: `rennes/${account}`, lane: 'l', order: 1, made_at_ms: 1 },
      command: { type: 'close_night' } as const,
    })
    await database.put('outbox', entry('c1', 'anne'))
    await database.put('outbox', entry('c2', 'anne'))
    await database.put('outbox', entry('c3', 'omar'))
    await database.put('outbox', { ...entry('c4', 'omar'), refused: { rejection: 'overtaken' } })
    expect([...(await waitingHere())]).toEqual([
      ['anne', 2],
      ['omar', 1],
    ])
    await database.clear('outbox')
  })

  it('that is found to be over at the start leaves nothing of what was shown', async () => {
    const shown = copyOf({ ...emptyReplica(), version: 3, line: 'l', actor: welcome().actor, service, heardAt: 0 })
    await writeReplica(await openDatabase(), 'rennes/binome-1', shown!, 0)
    device.setItem('vigie:last-session', '{}')
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')))
    expect(await sessionHere()).toEqual({})
    expect(await copies()).toEqual(['rennes/binome-1'])
    vi.stubGlobal('fetch', answering(401))
    expect(await sessionHere()).toBeUndefined()
    expect(await copies()).toEqual([])
    expect(mayBeSignedIn()).toBe(false)
  })
})
