import { describe, expect, it, vi } from 'vitest'
import { beginAnew, onlyOnce } from '@/handset/parts/only-once'

function counts(timeStamp: number): boolean {
  const stopPropagation = vi.fn()
  onlyOnce({ timeStamp, stopPropagation })
  return stopPropagation.mock.calls.length === 0
}

describe('a thumb that taps more than once', () => {
  it('does one step, however often it taps before it pauses', () => {
    expect([10_000, 10_250, 10_500, 10_750].map(counts)).toEqual([true, false, false, false])
    expect(counts(11_250)).toBe(true)
  })

  it('does nothing on a screen that changed while it came down', () => {
    beginAnew(20_000)
    expect(counts(20_300)).toBe(false)
    expect(counts(20_800)).toBe(true)
  })
})
