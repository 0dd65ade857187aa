import type { CallId } from '@words'
import type { Link } from '@/link/api'
import { Sender } from '@/shared/command/sender.svelte'

/** One sender for each call, which its card and the keys share: what became of a command stands at its card. */
export class CallSenders {
  readonly #link: Link
  readonly #byCall = new Map<CallId, Sender>()

  constructor(link: Link) {
    this.#link = link
  }

  of(call: CallId): Sender {
    const sender = this.#byCall.get(call) ?? new Sender(this.#link)
    this.#byCall.set(call, sender)
    return sender
  }
}
