export const soundNames = ['ring', 'urgent', 'refused', 'alarm'] as const
export type SoundName = (typeof soundNames)[number]

/** One note: when it starts and how long it lasts, in seconds, and its pitch in hertz. */
interface Note {
  readonly at: number
  readonly lasts: number
  readonly pitch: number
}

const note = (at: number, lasts: number, pitch: number): Note => ({ at, lasts, pitch })

const melodies: Record<SoundName, readonly Note[]> = {
  ring: [note(0, 0.18, 660), note(0.22, 0.18, 550), note(0.44, 0.18, 660), note(0.66, 0.18, 550)],
  urgent: [note(0, 0.14, 784), note(0.18, 0.14, 988), note(0.36, 0.3, 1175)],
  refused: [note(0, 0.22, 392), note(0.26, 0.38, 294)],
  alarm: [note(0, 0.3, 988), note(0.35, 0.3, 740), note(0.7, 0.3, 988), note(1.05, 0.3, 740)],
}

let context: AudioContext | undefined

const volumeKey = (name: SoundName) => `vigie:volume:${name}`

/** 0 (silent) to 1, kept on this device. */
export function volume(name: SoundName): number {
  const stored = Number.parseFloat(localStorage.getItem(volumeKey(name)) ?? '')
  return stored >= 0 && stored <= 1 ? stored : 0.6
}

export function setVolume(name: SoundName, value: number): void {
  localStorage.setItem(volumeKey(name), String(value))
}

/** Whether the browser lets this page sound: it wants to be touched once first. */
export const canSound = (): boolean => context?.state === 'running'

/** Wakes the sound; to be called from a key or click. */
export async function wakeSound(): Promise<boolean> {
  context ??= new AudioContext()
  await context.resume()
  return canSound()
}

/** Plays at the sound's own volume; silent while the browser does not allow it. */
export function play(name: SoundName): void {
  if (!context || context.state !== 'running') return
  for (const one of melodies[name]) sing(context, one, volume(name))
}

function sing(audio: AudioContext, { at, lasts, pitch }: Note, loudness: number): void {
  const start = audio.currentTime + at
  const gain = audio.createGain()
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(loudness * 0.4, start + 0.02)
  gain.gain.linearRampToValueAtTime(0, start + lasts)
  const voice = audio.createOscillator()
  voice.type = 'triangle'
  voice.frequency.value = pitch
  voice.connect(gain).connect(audio.destination)
  voice.start(start)
  voice.stop(start + lasts)
}
