import type { Call } from '@words'
import { offer } from '@/shared/keys/registry.svelte'
import type { DeskContext } from '../context'
import { text } from '../words/text'
import type { Sorted } from './history'

/** Takes a call for this desk and opens its form. */
export function take({ desk, senders }: DeskContext, call: Call): void {
  const sender = senders.of(call.id)
  if (sender.busy) return
  sender.send({ type: 'take_call', call: call.id })
  desk.bringBack(call.id)
  if (call.requests.length === 0) desk.drafts.start(call)
}

/** The keys of the calls: answer, take over, put aside, work off. */
export function offerCallKeys(context: DeskContext, calls: () => Sorted): () => void {
  const { desk, session, senders } = context
  const group = () => text().keys.groups.calls
  const ringing = () => calls().ringing.find((call) => !desk.aside.has(call.id)) ?? calls().ringing[0]
  const others = () => calls().talking.find((call) => call.status === 'held' || call.taken_by !== session.actor.account)
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
  const loud = () => calls().ringing.find((call) => !desk.aside.has(call.id))
  return offer(
    on(
      'A',
      () => text().keys.take,
      ringing,
      (call) => take(context, call),
    ),
    on(
      'T',
      () => text().keys.takeOver,
      others,
      (call) => take(context, call),
    ),
    on(
      'Escape',
      () => text().keys.aside,
      loud,
      (call) => desk.putAside(call.id),
    ),
    on(
      'R',
      () => text().keys.settle,
      () => calls().missed[0],
      settle,
    ),
  )
}
