import type { Command } from '@words'
import { describe, expect, it } from 'vitest'
import { SubmissionState } from '@/link/submission.svelte'
import { FakeTiming } from './fake-timing'

const command: Command = { type: 'accept_assignment', assignment: 'a1' }
const settled = () => new Promise((resolve) => setTimeout(resolve))

/** A command that waits, and what its link was asked. */
function waiting(isOurs = true) {
  const asked: string[] = []
  const submission = new SubmissionState(command, {
    timing: new FakeTiming(),
    resend: () => void asked.push('resend'),
    dismiss: () => void asked.push('dismiss'),
    cancel: async () => asked.push('cancel') > 0 && isOurs,
  })
  submission.begin('c1', 1)
  return { submission, asked }
}

describe('a command on its way', () => {
  it('is taken back while it waits and was never sent', async () => {
    const { submission, asked } = waiting()
    submission.cancel()
    await settled()
    expect([submission.state, asked]).toEqual(['cancelled', ['cancel', 'dismiss']])
  })

  it('goes on waiting when another page has it', async () => {
    const { submission, asked } = waiting(false)
    submission.cancel()
    await settled()
    expect([submission.state, asked]).toEqual(['waiting', ['cancel']])
  })

  it('is not taken back once it was sent, nor when an earlier page may have sent it', () => {
    const sent = waiting()
    sent.submission.sent = true
    sent.submission.cancel()
    const adopted = waiting()
    adopted.submission.takeUp('c1', 1)
    adopted.submission.cancel()
    expect([...sent.asked, ...adopted.asked]).toEqual([])
  })

  it('counts as unsent again only under a new id', () => {
    const { submission } = waiting()
    submission.sent = true
    submission.begin('c1', 2)
    expect(submission.sent).toBe(true)
    submission.begin('c2', 3)
    expect(submission.sent).toBe(false)
  })
})
