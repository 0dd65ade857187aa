import { describe, expect, it } from 'vitest'
import { applyFrame, emptyReplica } from '@/link/replica'
import { copyOf, restore } from '@/link/stored-replica'
import { assignment, noRemovals, nothing, request, team, welcome } from './words'

const whole = (version: number, given = {}) =>
  ({ type: 'whole', version, entities: { ...nothing(), ...given } }) as const

describe('a replica', () => {
  it('shows what a whole holds, and nothing of before', () => {
    const replica = emptyReplica()
    applyFrame(replica, whole(3, { requests: [request()], assignments: [assignment()] }), 0)
    applyFrame(replica, whole(4, { requests: [request({ id: 'r2' })] }), 0)
    expect([...replica.requests.keys()]).toEqual(['r2'])
    expect(replica.assignments.size).toBe(0)
    expect(replica.version).toBe(4)
  })

  it("follows the server's clock when this machine's was set, and not each frame's delay", () => {
    const replica = emptyReplica()
    applyFrame(replica, welcome({ now_ms: 50_000 }), 50_000)
    applyFrame(replica, { type: 'pong', now_ms: 60_000 }, 61_500)
    expect(replica.clockOffset).toBe(0)
    applyFrame(replica, { type: 'pong', now_ms: 70_000 }, 190_000)
    expect(replica.clockOffset).toBe(-120_000)
  })

  it('leaves alone what a whole did not change, so that nothing is drawn again', () => {
    const replica = emptyReplica()
    applyFrame(replica, whole(3, { requests: [request()] }), 0)
    const held = replica.requests.get('r1')
    applyFrame(replica, whole(4, { requests: [request()] }), 0)
    expect(replica.requests.get('r1')).toBe(held)
  })

  it('puts and removes what a change says', () => {
    const replica = emptyReplica()
    applyFrame(replica, whole(3, { requests: [request()], teams: [team()] }), 0)
    const put = { ...nothing(), teams: [team({ duty: 'on_break' })] }
    applyFrame(replica, { type: 'change', version: 5, put, remove: { ...noRemovals(), requests: ['r1'] } }, 0)
    expect(replica.teams.get('binome-1')?.duty).toBe('on_break')
    expect(replica.requests.size).toBe(0)
    expect(replica.version).toBe(5)
  })

  it('passes over a change that is older than what it shows', () => {
    const replica = emptyReplica()
    applyFrame(replica, whole(6, { teams: [team({ duty: 'on_break' })] }), 0)
    applyFrame(replica, { type: 'change', version: 5, put: { ...nothing(), teams: [team()] }, remove: noRemovals() }, 0)
    expect(replica.teams.get('binome-1')?.duty).toBe('on_break')
    expect(replica.version).toBe(6)
  })

  it('forgets its version when the journal has another line of history', () => {
    const replica = emptyReplica()
    applyFrame(replica, welcome(), 0)
    applyFrame(replica, whole(6), 0)
    applyFrame(replica, welcome({ line: 'second' }), 0)
    expect(replica.version).toBeUndefined()
  })

  it("tells the server's clock from this machine's", () => {
    const replica = emptyReplica()
    applyFrame(replica, welcome({ now_ms: 5_000 }), 3_000)
    expect(replica.clockOffset).toBe(2_000)
  })

  it('shows positions until the team is no longer tracked or the link begins again', () => {
    const replica = emptyReplica()
    const fix = { point: { lon: 0, lat: 0 }, accuracy_m: 5, fixed_at_ms: 1 }
    const position = { team: 'binome-1', fix, source: 'handset' } as const
    applyFrame(
      replica,
      { type: 'picture', at_ms: 1, positions: [position, { ...position, team: 'binome-2' }], gone: [] },
      0,
    )
    applyFrame(replica, { type: 'picture', at_ms: 2, positions: [], gone: ['binome-2'] }, 0)
    expect([...replica.positions.keys()]).toEqual(['binome-1'])
    applyFrame(replica, welcome(), 0)
    expect(replica.positions.size).toBe(0)
  })

  it('drops advice once the request is closed', () => {
    const replica = emptyReplica()
    applyFrame(replica, whole(1, { requests: [request()] }), 0)
    applyFrame(replica, { type: 'recommendations', request: 'r1', teams: [] }, 0)
    expect(replica.recommendations.has('r1')).toBe(true)
    applyFrame(replica, whole(2, { requests: [request({ status: 'closed' })] }), 0)
    expect(replica.recommendations.has('r1')).toBe(false)
  })

  it('comes back from its copy, without positions', () => {
    const replica = emptyReplica()
    applyFrame(replica, welcome(), 0)
    applyFrame(replica, whole(7, { requests: [request()], teams: [team()], assignments: [assignment()] }), 0)
    const copy = copyOf(replica)
    const again = emptyReplica()
    restore(again, structuredClone(copy!))
    expect(again).toEqual(replica)
  })

  it('has no copy before it has a version to resume at', () => {
    expect(copyOf(emptyReplica())).toBeUndefined()
  })
})
