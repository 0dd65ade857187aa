import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openLink } from '@/link/link.svelte'
import { FakeStorage } from '../fake-storage'

// A browser whose store never answers.
vi.mock('@/link/database', () => ({ openDatabase: () => new Promise(() => {}) }))

const opened: string[] = []
const settled = vi.fn()

class FakeSocket {
  constructor(address: string) {
    opened.push(address)
  }
  send() {}
  close() {}
}

beforeEach(() => {
  opened.length = 0
  settled.mockClear()
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('document', { addEventListener: () => {}, visibilityState: 'visible' })
  vi.stubGlobal('location', { protocol: 'https:', host: 'vigie.example' })
  vi.stubGlobal('localStorage', new FakeStorage())
  vi.stubGlobal('WebSocket', FakeSocket)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a page whose browser does not answer', () => {
  it('connects all the same', async () => {
    openLink({ account: 'dora', service: 'rennes' })
    await vi.advanceTimersByTimeAsync(8_000)
    expect(opened).toEqual(['wss://vigie.example/api/v1/live'])
  })

  it('is left all the same, and shows itself as cut off', async () => {
    const link = openLink({ account: 'dora', service: 'rennes' })
    await vi.advanceTimersByTimeAsync(8_000)
    void link.leave().then(settled)
    expect(link.state.phase).toBe('cut')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(settled).toHaveBeenCalled()
  })
})
