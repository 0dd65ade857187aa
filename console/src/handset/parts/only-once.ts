const doubleTap = 500
let tapped = -Infinity

/**
 * A gloved thumb taps twice or three times, and the next tap would do the next screen's step, which nobody can take
 * back: a tap counts only after a pause.
 */
export function onlyOnce(event: Pick<Event, 'timeStamp' | 'stopPropagation'>): void {
  if (event.timeStamp - tapped < doubleTap) event.stopPropagation()
  tapped = event.timeStamp
}
