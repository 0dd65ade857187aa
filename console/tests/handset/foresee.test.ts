import type { Command } from '@words'
import { describe, expect, it } from 'vitest'
import { foresee, isLive, isOpen, nextMilestone, screenFor, type Pending } from '@/handset/foresee'
import { assignment, team } from '../link/words'

const pending = (...commands: Command[]): Pending[] =>
  commands.map((command, index) => ({ command, madeAt: 100 + index }))
const onTask = { team: team(), assignment: assignment({ status: 'en_route' }) }

describe('what the handset stands before', () => {
  it('is its screen: signing on, break, free, offer, task', () => {
    const nobody = { team: undefined, assignment: undefined }
    expect(screenFor(nobody)).toBe('sign_on')
    expect(screenFor({ ...nobody, team: team({ duty: 'off' }) })).toBe('sign_on')
    expect(screenFor({ ...nobody, team: team({ duty: 'on_break' }) })).toBe('break')
    expect(screenFor({ ...nobody, team: team() })).toBe('free')
    expect(screenFor({ team: team(), assignment: assignment() })).toBe('offer')
    expect(screenFor(onTask)).toBe('task')
  })

  it('goes on in a cellar: on site, contact, report, and free again, though nothing was sent yet', () => {
    const onSite: Command = { type: 'report_progress', assignment: 'a1', milestone: 'on_site' }
    const contact: Command = { type: 'report_progress', assignment: 'a1', milestone: 'contact_made' }
    const clear: Command = { type: 'clear_assignment', assignment: 'a1', disposition: 'calmed_on_site' }
    expect(foresee(onTask, pending(onSite)).assignment).toMatchObject({ status: 'on_site', on_site_at_ms: 100 })
    expect(foresee(onTask, pending(onSite, contact)).assignment?.status).toBe('contact_made')
    const after = foresee(onTask, pending(onSite, contact, clear))
    expect(screenFor(after)).toBe('free')
    expect(after.team?.since_ms).toBe(102)
  })

  it('is a task once accepted, and free once refused', () => {
    const offered = { team: team(), assignment: assignment() }
    expect(screenFor(foresee(offered, pending({ type: 'accept_assignment', assignment: 'a1' })))).toBe('task')
    const refuse: Command = { type: 'refuse_assignment', assignment: 'a1', reason: 'too_far' }
    expect(screenFor(foresee(offered, pending(refuse)))).toBe('free')
  })

  it('is not touched by commands about an earlier task', () => {
    const clear: Command = { type: 'clear_assignment', assignment: 'a0', disposition: 'calmed_on_site' }
    expect(foresee(onTask, pending(clear))).toEqual(onTask)
  })

  it('follows the pair on duty, on a break and off', () => {
    const nobody = { team: undefined, assignment: undefined }
    const signOn: Command = { type: 'sign_on', team: 'binome-1', members: ['m1'], transport: 'car' }
    const [rest, back, off] = (['take_break', 'end_break', 'sign_off'] as const).map((type) => ({
      type,
      team: 'binome-1',
    }))
    expect(foresee(nobody, pending(signOn)).team).toMatchObject({ duty: 'available', transport: 'car', since_ms: 100 })
    expect(screenFor(foresee(nobody, pending(signOn, rest!)))).toBe('break')
    expect(screenFor(foresee(nobody, pending(signOn, rest!, back!)))).toBe('free')
    expect(screenFor(foresee(nobody, pending(signOn, off!)))).toBe('sign_on')
  })
})

describe('a task', () => {
  it('is live from the offer to the contact', () => {
    const live = (['offered', 'accepted', 'en_route', 'on_site', 'contact_made'] as const).map((status) =>
      isLive(assignment({ status })),
    )
    const ended = (['cleared', 'refused', 'expired', 'withdrawn'] as const).map((status) =>
      isLive(assignment({ status })),
    )
    expect([...new Set(live)]).toEqual([true])
    expect([...new Set(ended)]).toEqual([false])
  })

  it('leads from one milestone to the next', () => {
    expect(nextMilestone('accepted')).toBe('en_route')
    expect(nextMilestone('en_route')).toBe('on_site')
    expect(nextMilestone('on_site')).toBe('contact_made')
    expect(nextMilestone('contact_made')).toBeUndefined()
  })
})

describe('an offer', () => {
  it('waits for its answer until its time and the grace are over, also where the server cannot say so', () => {
    const offer = assignment({ status: 'offered', answer_by_ms: 60_000 })
    expect(isOpen(offer, 64_999)).toBe(true)
    expect(isOpen(offer, 65_000)).toBe(false)
    expect(isOpen({ ...offer, status: 'accepted' }, 0)).toBe(false)
  })
})
