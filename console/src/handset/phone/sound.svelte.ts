import { canSound, setVolume, wakeSound } from '@/shared/sound/sounds'

let awake = $state(false)

/** Whether this phone can ring: browsers want the page to be touched once. */
export const sound = {
  get awake(): boolean {
    return awake
  },
  async wake(): Promise<void> {
    awake = await wakeSound()
  },
}

/** A street is louder than a desk: rings at full volume, from the first touch on. */
export function prepareSound(): void {
  setVolume('urgent', 1)
  setVolume('refused', 1)
  const wake = () => {
    void sound.wake()
    if (canSound()) removeEventListener('pointerdown', wake)
  }
  addEventListener('pointerdown', wake)
}
