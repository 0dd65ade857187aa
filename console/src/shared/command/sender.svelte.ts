import type { Command } from '@words'
import type { Link, Submission } from '@/link/api'

/** Sends commands for one control and keeps the last, so that its outcome can stand beside the control. */
export class Sender {
  last = $state.raw<Submission | undefined>()

  constructor(readonly link: Link) {}

  /** While it waits, the control should not send again. */
  get busy(): boolean {
    return this.last?.state === 'waiting'
  }

  get done(): boolean {
    return this.last?.state === 'done'
  }

  send(command: Command): Submission {
    if (this.last?.state === 'rejected') this.last.dismiss()
    this.last = this.link.submit(command)
    return this.last
  }
}
