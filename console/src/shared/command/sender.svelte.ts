import type { Command } from '@words'
import type { Link, Submission } from '@/link/api'
import { isUndecided } from '@/link/outbox'

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

  /** The last came back, and the server may have taken it all the same. */
  get undecided(): boolean {
    return this.last?.state === 'rejected' && isUndecided(this.last.rejection?.reason)
  }

  /** The same once more, while it is undecided, goes under its own id, which the server takes once. */
  send(command: Command): Submission {
    if (this.last && this.undecided && saysTheSame(this.last.command, command)) this.last.retry()
    else this.last = this.#sendAnew(command)
    return this.last
  }

  #sendAnew(command: Command): Submission {
    if (this.last?.state === 'rejected') this.last.dismiss()
    return this.link.submit(command)
  }
}

const saysTheSame = (one: Command, other: Command): boolean => JSON.stringify(one) === JSON.stringify(other)
