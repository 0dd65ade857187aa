const pause = 500
let unsettledAt = -Infinity

/**
 * A gloved thumb taps twice or three times, and the next tap would do the next screen's step, which nobody can take
 * back: a tap counts only after a pause.
 */
export function onlyOnce(event: Pick<Event, 'timeStamp' | 'stopPropagation'>): void {
  if (event.timeStamp - unsettledAt < pause) event.stopPropagation()
  unsettledAt = event.timeStamp
}

/** What stands under the thumb is new, since now by the clock of taps: one on its way was meant for what was before. */
export function beginAnew(at: number = new Event('anew').timeStamp): void {
  unsettledAt = at
}
