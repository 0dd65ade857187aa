import { play } from '@/shared/sound/sounds.svelte'

const every = 1_600
const shake = [400, 150, 400, 150, 400]

/** Rings and shakes until the answer is called. */
export function ringUntilStopped(): () => void {
  const once = () => {
    play('urgent')
    vibrate(shake)
  }
  once()
  const timer = setInterval(once, every)
  return () => {
    clearInterval(timer)
    vibrate(0)
  }
}

/** Says once that a task was taken away. */
export function ringOff(): void {
  play('refused')
  vibrate([200, 100, 200])
}

/** Browsers let a page shake the phone only once it was touched, and complain else. */
function vibrate(pattern: number | number[]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern)
}
