import type { Call, Command } from '@words'
import { afterEach, describe, expect, it } from 'vitest'
import { offerCallKeys } from '@/desk/calls/keys'
import { sorted } from '@/desk/calls/history'
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
  leave = offerCallKeys(context, () => sorted(calls, 'me'))
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
})
