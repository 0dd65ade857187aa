import type { Call, Command } from '@words'
import { afterEach, describe, expect, it } from 'vitest'
import { offerCallKeys } from '@/desk/calls/keys'
import { sorted } from '@/desk/calls/history'
import type { DeskContext } from '@/desk/context'
import type { Link } from '@/link/api'
import { Sender } from '@/shared/command/sender.svelte'
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
  const context = { link, desk, session: { actor: { account: 'me' } } } as unknown as DeskContext
  leave = offerCallKeys(context, () => sorted(calls, 'me'), new Sender(link))
  const press = (key: string) => listed().find(({ keys }) => keys.includes(key))?.run()
  return { press, sent }
}

describe("the calls' keys", () => {
  it('send no second command while the first waits for its answer', () => {
    const { press, sent } = deskWith(call('c1'), call('c2', { status: 'missed' }))
    press('R')
    press('R')
    press('A')
    expect(sent).toEqual([{ type: 'settle_call', call: 'c2', settlement: 'called_back' }])
  })
})
