import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Link } from '@/link/api'
import { emptyReplica } from '@/link/replica'
import { Handset } from '@/handset/handset.svelte'
import { Notes } from '@/shared/notes/notes'
import { clock } from '@/shared/time/ticker.svelte'
import { FakeStorage } from '../fake-storage'
import { assignment, request, team } from '../link/words'

const device = new FakeStorage()
const link = (phase = 'live') =>
  ({ state: { phase, since: 0 }, replica: emptyReplica(), submissions: [], submit: vi.fn() }) as unknown as Link

beforeEach(() => {
  device.clear()
  vi.stubGlobal('localStorage', device)
})
afterEach(() => {
  vi.unstubAllGlobals()
  clock.setOffset(0)
})

/** A handset on duty that stands before this task. */
function phoneWith(given: Parameters<typeof assignment>[0], on = link()): Handset {
  on.replica.teams.set('binome-1', team())
  on.replica.requests.set('r1', request())
  on.replica.assignments.set('a1', assignment(given))
  return new Handset(on, 'binome-1', new Notes('rennes.binome-1'))
}

const now = 1_000_000
const at = (moment: number) => (clock.setOffset(0), clock.setOffset(moment - clock.now))

describe('an offer that runs out', () => {
  it('can be answered in the grace where there is a line, and not after its time where there is none', () => {
    at(now)
    const [live, cut] = (['live', 'cut'] as const).map((phase) => phoneWith({ answer_by_ms: now + 1 }, link(phase)))
    expect([live!.answerable, cut!.answerable]).toEqual([true, true])
    at(now + 1)
    expect([live!.answerable, cut!.answerable]).toEqual([true, false])
    at(now + 6_000)
    expect(live!.answerable).toBe(false)
  })

  it('leaves the screen when the pair has seen it, and is not told again when the server says so', () => {
    const phone = phoneWith({ answer_by_ms: now }, link('cut'))
    at(now - 1)
    phone.passOver()
    expect(phone.screen).toBe('offer')
    at(now)
    phone.passOver()
    expect(phone.screen).toBe('free')
    phone.link.replica.assignments.set('a1', assignment({ status: 'expired' }))
    expect(phone.ended).toBeUndefined()
  })
})
