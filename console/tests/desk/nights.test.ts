import type { Night } from '@words'
import { describe, expect, it } from 'vitest'
import { Nights } from '@/desk/nights'
import { inOrderOfUse, typedNumber } from '@/desk/palette/order'
import { request, service } from '../link/words'

const at = (instant: string) => Date.parse(`${instant}:00+01:00`)
const open: Night = { date: '2026-11-26', opened_at_ms: at('2026-11-26T21:00'), closes_at_ms: at('2026-11-27T02:00') }
const seenFrom = (now: string, night?: Night) => new Nights({ service, night }, () => at(now))

describe('what is over', () => {
  it('of tonight needs its hour only, also past midnight', () => {
    const nights = seenFrom('2026-11-27T00:20', open)
    expect(nights.when(at('2026-11-26T22:10'))).toBe('22:10')
    expect(nights.when(at('2026-11-26T19:40'))).toBe('19:40')
    expect(nights.isTonight(at('2026-11-27T00:10'))).toBe(true)
  })

  it('of last night says so, also what happened past its midnight', () => {
    const nights = seenFrom('2026-11-26T22:50', open)
    expect(nights.when(at('2026-11-25T22:55'))).toBe('hier 22:55')
    expect(nights.when(at('2026-11-26T00:30'))).toBe('hier 00:30')
    expect(nights.isTonight(at('2026-11-26T00:30'))).toBe(false)
  })

  it('of an earlier night says its date', () => {
    expect(seenFrom('2026-11-26T22:50', open).when(at('2026-11-21T23:00'))).toBe('sam. 21 nov. 23:00')
  })

  it('of the night that has closed is of yesterday from the morning on', () => {
    const closed = { ...open, closed_at_ms: at('2026-11-27T02:05') }
    expect(seenFrom('2026-11-27T02:10', closed).when(at('2026-11-26T23:00'))).toBe('23:00')
    expect(seenFrom('2026-11-27T14:00', closed).when(at('2026-11-26T23:00'))).toBe('hier 23:00')
  })

  it('of an exceptional night that opens in the small hours is of that night', () => {
    const small = { ...open, opened_at_ms: at('2026-11-26T02:30') }
    const nights = seenFrom('2026-11-26T03:00', small)
    expect([nights.tonight, nights.when(at('2026-11-26T02:45'))]).toEqual(['2026-11-26', '02:45'])
  })
})

describe('requests of one number in the palette', () => {
  const of = (id: string, number: number, night: string, status: 'waiting' | 'closed', opened_at_ms = 1) =>
    request({ id, number, night, status, opened_at_ms })

  it('stand with the open ones first, then those of tonight', () => {
    const order = inOrderOfUse(
      [
        of('last night', 3, '2026-11-25', 'closed', 1),
        of('over', 3, '2026-11-26', 'closed', 2),
        of('left over', 3, '2026-11-25', 'waiting', 1),
        of('now', 3, '2026-11-26', 'waiting', 2),
      ],
      '2026-11-26',
    )
    expect(order.map(({ id }) => id)).toEqual(['now', 'left over', 'over', 'last night'])
  })

  it('are meant by the number alone, however it is written', () => {
    expect(['3', ' n°3', 'n° 3', 'no. 3', 'N 3'].map(typedNumber)).toEqual([3, 3, 3, 3, 3])
    expect(['', 'binome 2', '3 rue'].map(typedNumber)).toEqual([undefined, undefined, undefined])
  })
})
