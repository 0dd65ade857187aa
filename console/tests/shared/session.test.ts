import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signOut } from '@/shared/http/session'

const tab = new Map<string, string>()
const assign = vi.fn()

beforeEach(() => {
  tab.set('vigie:drafts:rennes/anne', '[]')
  vi.stubGlobal('sessionStorage', { clear: () => tab.clear() })
  vi.stubGlobal('location', { assign })
})
afterEach(() => vi.unstubAllGlobals())

describe('signing out', () => {
  it('erases what was begun in this tab, also without the server', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')))
    await signOut()
    expect(tab.size).toBe(0)
    expect(assign).toHaveBeenCalledWith('/')
  })
})
