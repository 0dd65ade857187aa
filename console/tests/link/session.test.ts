import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStands } from '@/link/session'

beforeEach(() => vi.stubGlobal('localStorage', { getItem: () => null }))
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
})
