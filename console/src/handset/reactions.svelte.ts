import { announceNow } from '@/shared/live/announcer.svelte'
import { categoryName } from './naming'
import { text } from './words/text'
import type { Handset } from './handset.svelte'
import { ringOff, ringUntilStopped } from './phone/alarm'
import { notify } from './phone/notify'
import { keepAwake } from './phone/wake'
import { writeSketch } from './street'

/** An offer rings until it is answered, and is told to screen readers. To be called while a component starts. */
export function onOffer(handset: Handset): void {
  const offered = $derived(
    handset.screen === 'offer' && handset.answerable ? handset.outlook.assignment?.id : undefined,
  )
  $effect(() => {
    if (offered === undefined) return
    handset.inStreet = false
    const [stopRinging, takeAway] = [ringUntilStopped(), notify(text().offer.title)]
    return () => (stopRinging(), takeAway())
  })
  $effect(() => {
    const request = handset.request
    if (offered !== undefined && request) {
      announceNow(text().offer.announce(categoryName(handset.link.replica.service, request.category)))
    }
  })
}

/** The screen stays awake during a task; a task that is taken away is heard. */
export function onTask(handset: Handset): void {
  const task = $derived(handset.outlook.assignment?.id)
  $effect(() => (task === undefined ? undefined : keepAwake()))
  // What is written down belongs to one task: the dispatcher may have put another in its place.
  $effect(() => {
    void task
    handset.reporting = false
  })
  $effect(() => {
    const { assignment } = handset.outlook
    if (assignment && assignment.status !== 'offered') handset.beOn(assignment.id)
  })
  const taken = $derived(handset.endings.at(-1)?.id)
  $effect(() => {
    if (taken !== undefined) ringOff()
  })
}

/** What is begun in the street is kept, whatever rings. */
export function onStreet(handset: Handset): void {
  $effect(() => writeSketch(handset.notes, handset.street))
}

/**
 * Positions are shared on duty, never on a break, and again as soon as there is a network. A break counts from the tap;
 * duty from the server's word, which refuses a fix that comes before it.
 */
export function onSharing(handset: Handset): void {
  const taken = $derived(handset.link.replica.teams.get(handset.teamId)?.duty === 'available')
  const allowed = $derived(taken && handset.outlook.team?.duty === 'available')
  $effect(() => handset.sharing.allow(allowed))
  $effect(() => () => handset.sharing.allow(false))
  $effect(() => {
    if (handset.link.state.phase === 'live') handset.sharing.tellAgain()
  })
}
