import type { AccountId, Call, CallId, Session } from '@words'
import { SvelteSet } from 'svelte/reactivity'
import type { Link } from '@/link/api'
import type { Drafts } from '../form/drafts.svelte'
import type { CallSenders } from './senders'

interface Seen {
  readonly link: Pick<Link, 'replica'>
  readonly session: Session
  readonly senders: CallSenders
  readonly drafts: Pick<Drafts, 'all'>
}

/** The calls that this account had: who took one of them over has to be said, since two may take a call at once. */
export class OwnCalls {
  readonly #had = new SvelteSet<CallId>()
  readonly #seen: Seen

  constructor(seen: Seen) {
    this.#seen = seen
  }

  /** Notes which calls are this account's now, or were taken and gone again in one go. */
  follow(): void {
    const { link, senders } = this.#seen
    for (const call of link.replica.calls.values()) {
      const { last } = senders.of(call.id)
      const taken = last?.command.type === 'take_call' && last.state === 'done'
      if (taken || this.#isOurs(call)) this.#had.add(call.id)
    }
  }

  /** Who has this call instead; nobody where it is ours, or where who has it is just being decided. */
  overtakenBy(call: Call): AccountId | undefined {
    const { senders, drafts } = this.#seen
    if (this.#isOurs(call) || senders.of(call.id).busy) return undefined
    const had = this.#had.has(call.id) || drafts.all.some((draft) => draft.call === call.id)
    return had ? call.taken_by : undefined
  }

  #isOurs({ taken_by }: Call): boolean {
    return taken_by === this.#seen.session.actor.account
  }
}
