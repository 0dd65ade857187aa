import type { Command, Rejection } from '@words'
import type { Submission } from './api'
import type { Outcome } from './outbox'
import type { Timing } from './timing'

const slowAfter = 150

/** What a submission asks of its link. */
export interface SubmissionPorts {
  timing: Timing
  resend(submission: SubmissionState): void
  dismiss(submission: SubmissionState): void
  /** Takes it back; false when it goes on waiting. */
  cancel(submission: SubmissionState): Promise<boolean>
}

/** A command on its way, as the screens watch it. */
export class SubmissionState implements Submission {
  id = $state('')
  state = $state<'waiting' | 'done' | 'rejected' | 'cancelled'>('waiting')
  slow = $state(false)
  kept = $state(false)
  sent = $state(false)
  rejection = $state.raw<{ reason: Rejection; path?: string } | undefined>()
  version = $state<number | undefined>()
  madeAt = $state(0)
  readonly command: Command
  #ports: SubmissionPorts
  #cancelSlow = () => {}

  constructor(command: Command, ports: SubmissionPorts) {
    this.command = command
    this.#ports = ports
  }

  /** It waits, under this id. */
  begin(id: string, madeAt: number): void {
    this.sent &&= id === this.id
    Object.assign(this, { id, madeAt, state: 'waiting', rejection: undefined, slow: false, kept: false })
    this.#cancelSlow = this.#ports.timing.later(slowAfter, () => (this.slow = true))
  }

  /** It waited already for a page that is gone, which may have sent it. */
  takeUp(id: string, madeAt: number): void {
    Object.assign(this, { id, madeAt, slow: true, kept: true, sent: true })
  }

  /** The server answered. */
  settle(outcome: Outcome): void {
    this.#cancelSlow()
    this.slow = false
    if ('version' in outcome) {
      this.version = outcome.version
      this.state = 'done'
      return
    }
    const { rejection: reason, path } = outcome
    this.rejection = path === undefined ? { reason } : { reason, path }
    this.state = 'rejected'
  }

  retry(): void {
    if (this.state === 'rejected') this.#ports.resend(this)
  }

  cancel(): void {
    if (this.state === 'waiting' && !this.sent) void this.#cancel()
  }

  async #cancel(): Promise<void> {
    if (!(await this.#ports.cancel(this))) return
    this.#cancelSlow()
    this.state = 'cancelled'
    this.#ports.dismiss(this)
  }

  dismiss(): void {
    if (this.state === 'rejected') this.#ports.dismiss(this)
  }
}
