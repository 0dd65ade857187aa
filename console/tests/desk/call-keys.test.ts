import type { Call, Command } from '@words'
import { afterEach, describe, expect, it } from 'vitest'
import { offerCallKeys } from '@/desk/calls/keys'
import { keyed, sorted, unwritten } from '@/desk/calls/history'
import { CallSenders } from '@/desk/calls/senders'
import type { DeskContext } from '@/desk/context'
import type { Link } from '@/link/api'
import { listed } from '@/shared/keys/registry.svelte'

const call = (id: string, more: Partial<Call> = {}): Call => ({
  ...{ id, status: 'ringing', rang_at_ms: 1, requests: [] },
  ...more,
})

let leave = () => {}
afterEach(() => leave())

/** A desk whose commands all wait for their answer. */
function deskWith(...calls: Call[]) {
  const sent: Command[] = []
  const link = { submit: (command: Command) => (sent.push(command), { state: 'waiting', command }) } as unknown as Link
  const desk = { aside: new Set<string>(), bringBack: () => {}, drafts: { start: () => {} } }
  const senders = new CallSenders(link)
  const context = { desk, senders, session: { actor: { account: 'me' } } } as unknown as DeskContext
  leave = offerCallKeys(context, () => keyed(sorted(calls, 'me'), desk.aside, 'me'))
  const press = (key: string) => listed().find(({ keys }) => keys.includes(key))?.run()
  return { press, sent }
}

describe("the calls' keys", () => {
  it('send no second command about a call while the first waits for its answer', () => {
    const { press, sent } = deskWith(call('c1'), call('c2', { status: 'missed' }))
    press('R')
    press('R')
    press('A')
    press('A')
    expect(sent).toEqual([
      { type: 'settle_call', call: 'c2', settlement: 'called_back' },
      { type: 'take_call', call: 'c1' },
    ])
  })

  it('take the call that still sounds, though an older one was put aside', () => {
    const calls = sorted([call('c1'), call('c2', { rang_at_ms: 2 })], 'me')
    expect(keyed(calls, new Set(['c1']), 'me')).toMatchObject({ take: { id: 'c2' }, aside: { id: 'c2' } })
    const allAside = keyed(calls, new Set(['c1', 'c2']), 'me')
    expect([allAside.take?.id, allAside.aside]).toEqual(['c1', undefined])
  })

  it("take over one call, a colleague's or one that is held", () => {
    const talking = (id: string, taken_by: string, more: Partial<Call> = {}) =>
      call(id, { status: 'answered', taken_by, ...more })
    const calls = [talking('mine', 'me'), talking('held', 'me', { status: 'held', rang_at_ms: 3 }), talking('hers', 'she')]
    expect(keyed(sorted(calls, 'me'), new Set(), 'me').takeOver?.id).toBe('held')
    expect(keyed(sorted([calls[0]!], 'me'), new Set(), 'me').takeOver).toBeUndefined()
  })

  it('start a request for the call that one is on, once', () => {
    const calls = [
      call('hers', { status: 'answered', taken_by: 'she' }),
      call('done', { status: 'answered', taken_by: 'me', requests: ['r1'] }),
      call('mine', { status: 'answered', taken_by: 'me' }),
    ]
    expect(unwritten(calls, 'me', () => false)?.id).toBe('mine')
    expect(unwritten(calls, 'me', ({ id }) => id === 'mine')).toBeUndefined()
  })
})
