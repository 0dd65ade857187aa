import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const parameter = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} }

/** A browser's sound: it sleeps until the person has touched the page, and a phone call takes it away. */
class FakeAudio {
  static touched = false
  static latest: FakeAudio
  state = 'suspended'
  sung = 0
  currentTime = 0
  destination = {}
  onstatechange = () => {}

  constructor() {
    FakeAudio.latest = this
  }

  async resume(): Promise<void> {
    if (!FakeAudio.touched) throw new Error('not allowed')
    this.become('running')
  }

  become(state: string): void {
    this.state = state
    this.onstatechange()
  }

  createGain = () => ({ gain: parameter, connect: () => {} })
  createOscillator = () => ({
    ...{ type: '', frequency: {}, stop: () => {}, connect: (to: unknown) => to },
    start: () => void (this.sung += 1),
  })
}

/** A page that was just loaded, and what the person does on it. */
async function loaded() {
  vi.resetModules()
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  const sounds = await import('@/shared/sound/sounds.svelte')
  const leave = sounds.wakeByHand()
  const touch = async (how: string) => {
    FakeAudio.touched = true
    page.dispatchEvent(new Event(how))
    await settled()
  }
  return { ...sounds, touch, leave }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  FakeAudio.touched = false
  vi.stubGlobal('AudioContext', FakeAudio)
  vi.stubGlobal('localStorage', { getItem: () => null })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a page that was just loaded', () => {
  it.each(['keydown', 'click'])('sounds from the first %s on, wherever it was', async (how) => {
    const { canSound, play, touch } = await loaded()
    play('ring')
    expect(canSound()).toBe(false)
    await touch(how)
    expect(canSound()).toBe(true)
    play('ring')
    expect(FakeAudio.latest.sung).toBe(4)
  })

  it('stays silent while the browser refuses', async () => {
    const { canSound, wakeSound } = await loaded()
    await wakeSound()
    expect(canSound()).toBe(false)
  })
})

describe('a page whose sound a phone call took away', () => {
  it('says so, and sounds again with the next ring', async () => {
    const { canSound, play, touch } = await loaded()
    await touch('click')
    FakeAudio.latest.become('interrupted')
    expect(canSound()).toBe(false)
    play('urgent')
    await settled()
    expect(canSound()).toBe(true)
    expect(FakeAudio.latest.sung).toBe(3)
  })

  it('does not ring for what is long past when the sound comes back', async () => {
    const { play, touch } = await loaded()
    await touch('click')
    const audio = FakeAudio.latest
    audio.become('interrupted')
    vi.useFakeTimers({ toFake: ['Date'] })
    let comeBack = () => {}
    audio.resume = () => new Promise((resolve) => (comeBack = () => (audio.become('running'), resolve())))
    play('ring')
    vi.setSystemTime(Date.now() + 60_000)
    comeBack()
    await settled()
    expect(audio.sung).toBe(0)
  })
})
