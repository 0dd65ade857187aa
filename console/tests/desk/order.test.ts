import type { Priority, Request } from '@words'
import { describe, expect, it } from 'vitest'
import { displaced, held, ranked, stepped } from '@/desk/requests/order'

const request = (id: string, priority: Priority, waiting_since_ms: number, status: Request['status'] = 'waiting') =>
  ({ id, number: Number(id), priority, waiting_since_ms, status }) as Request

describe('the list of requests', () => {
  it('the most urgent stands on top, then who has waited longest', () => {
    const order = ranked([request('1', 'normal', 10), request('2', 'urgent', 90), request('3', 'normal', 5)])
    expect(order).toEqual(['2', '3', '1'])
  })

  it('who has a team stands below who waits; closed ones are not there', () => {
    const order = ranked([
      request('1', 'urgent', 1, 'assigned'),
      request('2', 'can_wait', 5),
      request('3', 'urgent', 1, 'closed'),
    ])
    expect(order).toEqual(['2', '1'])
  })

  it('nothing moves under the hand; what is new comes at the end', () => {
    const shown = held(['a', 'b', 'c'], ['d', 'c', 'a'])
    expect(shown).toEqual(['a', 'c', 'd'])
    expect(displaced(shown, ['d', 'c', 'a'])).toBe(2)
  })

  it('arrows walk the order on screen and stay on it', () => {
    const shown = ['a', 'b', 'c']
    expect([stepped(shown, 'a', 1), stepped(shown, 'a', -1), stepped(shown, 'c', 1)]).toEqual(['b', 'a', 'c'])
    expect([stepped(shown, undefined, 1), stepped(shown, 'gone', -1), stepped([], 'a', 1)]).toEqual(['a', 'a', undefined])
  })
})
