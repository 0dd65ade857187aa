import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeStorage } from '../fake-storage'
import { forgetSessionOf, lastSession } from '@/shared/http/last-session'
import { currentSession, endHere, goOnceTold, isSignOut, signIn, signOut, signOutIsDue } from '@/shared/http/session'

const tab = new FakeStorage()
const device = new FakeStorage()
const assign = vi.fn()

/** A server that answers each method with a status; the methods asked for, in order. */
function server(statuses: Record<string, number>): string[] {
  const asked: string[] = []
  const answer = async (_: string, { method = 'GET' }: RequestInit) => {
    asked.push(method)
    const status = statuses[method]!
    return new Response(status === 204 ? null : '{"actor":{"account":"anne"}}', { status })
  }
  vi.stubGlobal('fetch', answer)
  return asked
}

const noNetwork = () => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')))

beforeEach(() => {
  assign.mockClear()
  tab.setItem('vigie:drafts:rennes/anne', '[]')
  device.clear()
  device.setItem('vigie:notes:rennes.binome-1:street', '{"words":"Des cris"}')
  vi.stubGlobal('sessionStorage', tab)
  vi.stubGlobal('localStorage', device)
  vi.stubGlobal('location', { assign })
})
afterEach(() => vi.unstubAllGlobals())

it('signs in where the store is full, and remembers nobody', async () => {
  device.setItem('vigie:last-session', '{"actor":{"account":"omar"}}')
  const full = vi.spyOn(device, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  server({ POST: 200 })
  const session = await signIn('anne', 'secret').finally(() => full.mockRestore())
  expect(session.actor.account).toBe('anne')
  expect(lastSession()).toBeUndefined()
})

describe('signing out', () => {
  it('ends the session and erases what was begun here', async () => {
    server({ DELETE: 204 })
    await signOut('/handset')
    expect(Object.keys(tab)).toEqual([])
    expect(Object.keys(device)).toEqual([])
    expect(signOutIsDue()).toBe(false)
    expect(assign).toHaveBeenCalledWith('/')
  })

  it('is due while the server cannot be reached', async () => {
    noNetwork()
    await signOut('/handset')
    expect(Object.keys(tab)).toEqual([])
    expect(signOutIsDue()).toBe(true)
    expect(assign).toHaveBeenCalledWith('/handset')
    await expect(currentSession()).rejects.toThrow()
  })

  it('is made good before anybody is said to work here', async () => {
    noNetwork()
    await signOut()
    const asked = server({ DELETE: 204, GET: 200 })
    expect(await currentSession()).toBeUndefined()
    expect(asked).toEqual(['DELETE'])
    expect(signOutIsDue()).toBe(false)
  })

  it('stays on a page that waits for the server, and leaves it once that was told', async () => {
    vi.useFakeTimers()
    noNetwork()
    await endHere()
    expect(Object.keys(tab)).toEqual([])
    const going = goOnceTold()
    await vi.advanceTimersByTimeAsync(4_000)
    expect(assign).not.toHaveBeenCalled()
    server({ DELETE: 204 })
    await vi.advanceTimersByTimeAsync(2_000)
    await going
    vi.useRealTimers()
    expect(assign).toHaveBeenCalledWith('/')
  })

  it('is heard of in other windows, and its end is none', () => {
    expect(isSignOut({ key: 'vigie:sign-out-due', newValue: 'true' })).toBe(true)
    expect(isSignOut({ key: 'vigie:sign-out-due', newValue: null })).toBe(false)
    expect(isSignOut({ key: 'vigie:theme', newValue: 'day' })).toBe(false)
  })

  it('is still due where the server fails, and not where it knows no session any more', async () => {
    server({ DELETE: 503 })
    await signOut()
    expect(signOutIsDue()).toBe(true)
    server({ DELETE: 401 })
    expect(await currentSession()).toBeUndefined()
    expect(signOutIsDue()).toBe(false)
  })

  it('is not needed for the next one to see nothing of what was begun', async () => {
    device.setItem('vigie:notes:anne:street', '{}')
    server({ POST: 200 })
    await signIn('anne', 'secret')
    expect(Object.keys(device)).toEqual(['vigie:notes:anne:street', 'vigie:last-session'])
  })

  it('is forgotten by its own account alone: somebody else may have signed in in another window', async () => {
    server({ POST: 200 })
    await signIn('anne', 'secret')
    forgetSessionOf('omar')
    expect(lastSession()?.actor.account).toBe('anne')
    forgetSessionOf('anne')
    expect(lastSession()).toBeUndefined()
  })

  it('comes before the next signing in', async () => {
    noNetwork()
    await signOut()
    const asked = server({ DELETE: 204, POST: 200 })
    await signIn('anne', 'secret')
    expect(asked).toEqual(['DELETE', 'POST'])
    expect(signOutIsDue()).toBe(false)
  })
})
