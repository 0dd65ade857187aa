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

/** How long after its time a sound still says something, in milliseconds. */
const worthless = 2_000

let context: AudioContext | undefined
let awake = $state(false)

const volumeKey = (name: SoundName) => `vigie:volume:${name}`

/** 0 (silent) to 1, kept on this device. */
export function volume(name: SoundName): number {
  const stored = Number.parseFloat(localStorage.getItem(volumeKey(name)) ?? '')
  return stored >= 0 && stored <= 1 ? stored : 0.6
}

export function setVolume(name: SoundName, value: number): void {
  localStorage.setItem(volumeKey(name), String(value))
}

/** Whether this page can sound: browsers want it to be touched once, and a phone call takes the sound away. Reactive. */
export const canSound = (): boolean => awake

/** Wakes the sound; to be called from a key or click. */
export async function wakeSound(): Promise<void> {
  context ??= opened()
  await resume(context)
}

/** Wakes the sound with any key or click on this page, whenever it sleeps, until the function it returns is called. */
export function wakeByHand(): () => void {
  const leave = new AbortController()
  const wake = () => void (awake || wakeSound())
  for (const touch of ['click', 'keydown'])
    addEventListener(touch, wake, { capture: true, signal: leave.signal })
  return () => leave.abort()
}

/** Plays at the sound's own volume; silent while the browser does not allow it. */
export function play(name: SoundName): void {
  if (!context) return
  const audio = context
  const asked = Date.now()
  const sound = () => {
    for (const one of melodies[name]) sing(audio, one, volume(name))
  }
  if (audio.state === 'running') return sound()
  void resume(audio).then(() => audio.state === 'running' && Date.now() - asked < worthless && sound())
}

function opened(): AudioContext {
  const audio = new AudioContext()
  audio.onstatechange = () => follow(audio)
  return audio
}

function follow(audio: AudioContext): void {
  awake = audio.state === 'running'
}

/** A browser that does not allow it waits or refuses; then the page stays silent. */
async function resume(audio: AudioContext): Promise<void> {
  await audio.resume().catch(() => undefined)
  follow(audio)
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
