import { setVolume, wakeByHand } from '@/shared/sound/sounds.svelte'

/** A street is louder than a desk: rings at full volume, from the first touch on. */
export function prepareSound(): void {
  setVolume('urgent', 1)
  setVolume('refused', 1)
  wakeByHand()
}
