import type { Call } from '@words'
import { offer } from '@/shared/keys/registry.svelte'
import type { DeskContext } from '../context'
import { text } from '../words/text'
import { unwritten, type Keyed } from './history'

/** Takes a call for this desk and opens its form. */
export function take({ desk, senders }: DeskContext, call: Call): void {
  const sender = senders.of(call.id)
  if (sender.busy) return
  sender.send({ type: 'take_call', call: call.id })
  desk.bringBack(call.id)
  if (call.requests.length === 0) desk.drafts.start(call)
}

/** Starts a request: for the call that this account is on, unless it is being written down already. */
export function startRequest({ desk, link, session }: DeskContext): void {
  const begun = (call: Call) => desk.drafts.all.some((draft) => draft.call === call.id)
  desk.drafts.start(unwritten(link.replica.calls.values(), session.actor.account, begun))
}

/** The keys of the calls: answer, take over, put aside, work off. */
export function offerCallKeys(context: DeskContext, calls: () => Keyed): () => void {
  const { desk, senders } = context
  const group = () => text().keys.groups.calls
  const settle = (call: Call) => {
    const sender = senders.of(call.id)
    if (!sender.busy) sender.send({ type: 'settle_call', call: call.id, settlement: 'called_back' })
  }
  const on = (keys: string, label: () => string, call: () => Call | undefined, run: (call: Call) => void) => ({
    keys: [keys],
    label,
    group,
    sends: keys !== 'Escape',
    when: () => call() !== undefined,
    run: () => {
      const found = call()
      if (found) run(found)
    },
  })
  return offer(
    on(
      'A',
      () => text().keys.take,
      () => calls().take,
      (call) => take(context, call),
    ),
    on(
      'T',
      () => text().keys.takeOver,
      () => calls().takeOver,
      (call) => take(context, call),
    ),
    on(
      'Escape',
      () => text().keys.aside,
      () => calls().aside,
      (call) => desk.putAside(call.id),
    ),
    on(
      'R',
      () => text().keys.settle,
      () => calls().settle,
      settle,
    ),
  )
}
