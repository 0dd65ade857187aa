import type { Call, Session } from '@words'
import { describe, expect, it } from 'vitest'
import { OwnCalls } from '@/desk/calls/own.svelte'
import type { CallSenders } from '@/desk/calls/senders'
import type { Link } from '@/link/api'

/** A desk of mine with one call, which `taken_by` has; `last` is what this desk sent about it. */
function deskWith(last?: { command: { type: string }; state: string }) {
  const call = { id: 'c1', status: 'ringing', rang_at_ms: 1, requests: [] } as Call
  const own = new OwnCalls({
    link: { replica: { calls: new Map([['c1', call]]) } } as unknown as Link,
    session: { actor: { account: 'me' } } as Session,
    senders: { of: () => ({ last, busy: last?.state === 'waiting' }) } as unknown as CallSenders,
    drafts: { all: [] },
  })
  const takenBy = (account: string) => {
    call.taken_by = account
    own.follow()
    return own.overtakenBy(call)
  }
  return { takenBy }
}

const taking = (state: string) => ({ command: { type: 'take_call' }, state })

describe('a call', () => {
  it('that was mine is taken over when somebody else has it', () => {
    const { takenBy } = deskWith()
    expect(takenBy('me')).toBeUndefined()
    expect(takenBy('she')).toBe('she')
    expect(takenBy('me')).toBeUndefined()
  })

  it("that never was mine is a colleague's, and no more", () => {
    expect(deskWith().takenBy('she')).toBeUndefined()
  })

  it('that two took at once is taken over, also where the desk never saw it as mine', () => {
    expect(deskWith(taking('done')).takenBy('she')).toBe('she')
  })

  it('that I am taking is nobody’s until that is decided', () => {
    const last = taking('waiting')
    const { takenBy } = deskWith(last)
    expect(takenBy('she')).toBeUndefined()
    last.state = 'rejected'
    expect(takenBy('she')).toBeUndefined()
  })
})
