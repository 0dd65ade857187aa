import type { Command, Rejection } from '@words'
import { describe, expect, it } from 'vitest'
import type { Link, Submission } from '@/link/api'
import { Sender } from '@/shared/command/sender.svelte'

const note: Command = { type: 'record_call', call: 'k1', particulars: { number: '0299000001' } }

/** A sender whose first command was refused for this reason, and what its link was asked after that. */
function refusedFor(reason: Rejection) {
  const asked: string[] = []
  const submit = (command: Command) => {
    const retry = () => void asked.push('retry')
    const dismiss = () => void asked.push('dismiss')
    asked.push('submit')
    return { state: 'rejected', rejection: { reason }, command, retry, dismiss } as unknown as Submission
  }
  const sender = new Sender({ submit } as unknown as Link)
  sender.send(note)
  asked.length = 0
  return { sender, asked }
}

describe('a command that is sent again from its control', () => {
  it('goes under its own id while the server may have taken it', () => {
    for (const reason of ['journal_unavailable', 'overloaded'] as const) {
      const { sender, asked } = refusedFor(reason)
      expect(sender.undecided).toBe(true)
      sender.send({ ...note })
      expect(asked).toEqual(['retry'])
    }
  })

  it('is a new one when it says something else', () => {
    const { sender, asked } = refusedFor('journal_unavailable')
    sender.send({ ...note, particulars: {} })
    expect(asked).toEqual(['dismiss', 'submit'])
  })

  it('is a new one when the server has refused it', () => {
    const { sender, asked } = refusedFor('not_allowed')
    expect(sender.undecided).toBe(false)
    sender.send({ ...note })
    expect(asked).toEqual(['dismiss', 'submit'])
  })
})
