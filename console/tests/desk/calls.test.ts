import type { Call, Request } from '@words'
import { describe, expect, it } from 'vitest'
import { answeredInTime, earlierCalls, openRequestsOf } from '@/desk/calls/history'

const call = (id: string, rang_at_ms: number, more: Partial<Call> = {}): Call => ({
  id,
  status: 'ended',
  rang_at_ms,
  caller: 'k1',
  requests: [],
  ...more,
})

describe('a number that rings again', () => {
  const first = call('c1', 10, { requests: ['r1', 'r2'] })
  const again = call('c2', 50, { status: 'ringing' })
  const other = call('c3', 20, { caller: 'k2', requests: ['r3'] })
  const calls = [first, again, other]

  it('shows its earlier calls and not those of others', () => {
    expect(earlierCalls(again, calls)).toEqual([first])
  })

  it('shows its open requests', () => {
    const requests = new Map(
      (['waiting', 'closed', 'waiting'] as const).map((status, at) => {
        const id = `r${at + 1}`
        return [id, { id, status } as Request]
      }),
    )
    expect(openRequestsOf(again, calls, requests).map(({ id }) => id)).toEqual(['r1'])
  })

  it('a withheld number has no history', () => {
    const { caller: _, ...withheld } = call('c4', 60)
    expect(earlierCalls(withheld, [...calls, withheld])).toEqual([])
  })
})

describe('calls answered within 15 seconds', () => {
  it('a missed call counts against, a ringing one not yet', () => {
    const calls = [
      call('a', 0, { answered_at_ms: 9_000 }),
      call('b', 0, { answered_at_ms: 20_000 }),
      call('c', 0, { status: 'missed' }),
      call('d', 0, { answered_at_ms: 15_000 }),
      call('e', 0, { status: 'ringing' }),
    ]
    expect(answeredInTime(calls)).toBe(0.5)
  })
  it('a call that was noted by hand is not judged', () => {
    const noted = call('f', 30, { answered_at_ms: 30 })
    expect(answeredInTime([noted, call('g', 0, { answered_at_ms: 20_000 })])).toBe(0)
    expect(answeredInTime([noted])).toBeUndefined()
  })
  it('no figure before the first call', () => expect(answeredInTime([])).toBeUndefined())
})
