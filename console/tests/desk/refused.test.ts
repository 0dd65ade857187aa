import type { Command } from '@words'
import { describe, expect, it } from 'vitest'
import { Names } from '@/desk/names'
import { commandLine, writtenIn } from '@/desk/refused/line'
import type { Submission } from '@/link/api'
import { emptyReplica } from '@/link/replica'
import { lostWithPage, showBeside, unseenRefusals, unseenWaiting } from '@/shared/command/shown.svelte'
import { SubmissionState } from '@/link/submission.svelte'
import { FakeTiming } from '../link/fake-timing'
import { assignment, request, service } from '../link/words'

const submission = (state: Submission['state']) => ({ state }) as Submission

describe('a command that waits', () => {
  const ports = { timing: new FakeTiming(), resend: () => {}, dismiss: () => {}, cancel: async () => true }

  it('is in the list when it was taken up from an earlier page, which may have sent it', () => {
    const adopted = new SubmissionState({ type: 'close_night' }, ports)
    adopted.takeUp('c1', 1)
    expect(unseenWaiting([adopted])).toEqual([adopted])
    const leave = showBeside(adopted)
    expect(unseenWaiting([adopted])).toEqual([])
    leave()
  })

  it('is not in the list while it may be answered at once', () => {
    const quick = new SubmissionState({ type: 'close_night' }, ports)
    quick.begin('c1', 1)
    expect(unseenWaiting([quick])).toEqual([])
  })
})

describe('what is lost with the page', () => {
  const one = (state: Submission['state'], kept: boolean) => ({ state, kept }) as Submission

  it('is what waits and was not kept', () => {
    expect(lostWithPage([one('waiting', false), one('waiting', true), one('rejected', false)])).toBe(1)
  })
})

describe('a refused command', () => {
  it('is in the list once nothing tells of it beside its control', () => {
    const refused = submission('rejected')
    const submissions = [submission('waiting'), refused, submission('done')]
    const leave = showBeside(refused)
    expect(unseenRefusals(submissions)).toEqual([])
    leave()
    expect(unseenRefusals(submissions)).toEqual([refused])
  })

  it('is in the list when it was taken up from an earlier page and never had a control here', () => {
    const adopted = submission('rejected')
    expect(unseenRefusals([adopted])).toEqual([adopted])
  })

  it('says what it was about, far from its control', () => {
    const replica = { ...emptyReplica(), service }
    replica.requests.set('r1', request())
    replica.assignments.set('a1', assignment())
    const line = (command: Command) => commandLine(command, new Names(replica), replica)
    const offer = { type: 'offer_assignment', assignment: 'a9', request: 'r1', team: 'binome-1' } as const
    expect(line({ ...offer, reinforcement: false })).toBe('Envoyer un binôme · Binôme 1 · n° 12')
    expect(line({ type: 'withdraw_assignment', assignment: 'a1', reason: 'mistake' })).toBe(
      'Retirer le binôme · Binôme 1 · n° 12',
    )
    expect(line({ type: 'close_night' })).toBe('Fermer la nuit')
  })

  it('gives back what was written in it', () => {
    expect(writtenIn({ type: 'amend_request', request: 'r1', particulars: { words: 'Ils sont vingt' } })).toBe(
      'Ils sont vingt',
    )
    expect(writtenIn({ type: 'close_night' })).toBeUndefined()
  })
})
