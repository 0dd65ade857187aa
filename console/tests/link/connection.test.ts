import type { ServerFrame } from '@words'
import { describe, expect, it } from 'vitest'
import { Connection, type Socket, type TurnedAway } from '@/link/connection'
import { FakeTiming } from './fake-timing'
import { nothing, welcome } from './words'

class FakeSocket {
  sent: { type: string; version?: number }[] = []
  closed = false
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  send = (text: string) => this.sent.push(JSON.parse(text))
  close = () => void (this.closed = true)
  say = (frame: ServerFrame) => this.onmessage?.({ data: JSON.stringify(frame) })
  breakOff = async (code = 1006) => {
    this.onclose?.({ code })
    await new Promise((resolve) => setTimeout(resolve))
  }
  becomeLive(): void {
    this.onopen?.()
    this.say(welcome())
    this.say({ type: 'whole', version: 7, entities: nothing() })
  }
}

function given(begins = true) {
  const timing = new FakeTiming()
  const sockets: FakeSocket[] = []
  const told: string[] = []
  const world = { sessionStands: true, turnedAway: undefined as TurnedAway | undefined }
  const connection = new Connection({
    timing,
    open: () => {
      sockets.push(new FakeSocket())
      return sockets.at(-1) as unknown as Socket
    },
    hello: () => ({ type: 'hello', conversation: 1, version: 7, line: 'first' }),
    sessionStands: async () => world.sessionStands,
    onPhase: (phase, since) => told.push(`${phase} ${since - 1_000_000}`),
    onTurnedAway: (why) => (world.turnedAway = why),
    onFrame: (frame) => told.push(frame.type),
    onSessionOver: () => told.push('session over'),
    onOutdated: () => told.push('outdated'),
  })
  if (begins) connection.start()
  return { timing, sockets, told, world, connection }
}

describe('a connection', () => {
  it('says hello with what the screen holds, and is live once it has caught up', () => {
    const { sockets, told } = given()
    sockets[0]!.onopen?.()
    expect(sockets[0]!.sent).toEqual([{ type: 'hello', conversation: 1, version: 7, line: 'first' }])
    sockets[0]!.say(welcome())
    expect(told.at(-2)).toBe('catching_up 0')
    sockets[0]!.say({ type: 'whole', version: 7, entities: nothing() })
    expect(told.at(-1)).toBe('live 0')
  })

  it('is one line, also when the device wakes up or loses its network before it begins', () => {
    const awake = given(false)
    awake.connection.nudge()
    awake.connection.start()
    const offline = given(false)
    offline.connection.networkLost()
    offline.connection.start()
    offline.sockets[0]!.becomeLive()
    offline.timing.pass(8_000)
    offline.sockets[0]!.say({ type: 'pong', now_ms: 0 })
    expect(awake.sockets).toHaveLength(1)
    offline.connection.nudge()
    expect(offline.sockets).toHaveLength(1)
  })

  it('does not begin when it was stopped before', () => {
    const { connection, sockets } = given(false)
    connection.stop()
    connection.start()
    expect(sockets).toHaveLength(0)
  })

  it('says why the server turned it away, until it is let in or cut by something else', async () => {
    const { timing, sockets, world } = given()
    await sockets[0]!.breakOff(4403)
    expect(world.turnedAway).toBe('not_served')
    timing.pass(5_000)
    await sockets[1]!.breakOff(4429)
    expect(world.turnedAway).toBe('too_many')
    timing.pass(5_000)
    await sockets[2]!.breakOff()
    expect(world.turnedAway).toBeUndefined()
    timing.pass(5_000)
    await sockets[3]!.breakOff(4429)
    timing.pass(9_000)
    sockets[4]!.becomeLive()
    expect(world.turnedAway).toBeUndefined()
  })

  it('that was ended says that it is cut', () => {
    const { connection, sockets, told } = given()
    sockets[0]!.becomeLive()
    connection.stop()
    expect(told.at(-1)).toBe('cut 0')
    expect(connection.send({ type: 'ask_teams', request: 'r1' })).toBe(false)
  })

  it('sends nothing before it is live', () => {
    const { sockets, connection } = given()
    sockets[0]!.onopen?.()
    expect(connection.send({ type: 'ask_teams', request: 'r1' })).toBe(false)
    sockets[0]!.becomeLive()
    expect(connection.send({ type: 'ask_teams', request: 'r1' })).toBe(true)
    expect(sockets[0]!.sent.at(-1)).toEqual({ type: 'ask_teams', request: 'r1' })
  })

  it('comes back by itself after a cut, and says since when it was cut off', async () => {
    const { sockets, told, timing } = given()
    sockets[0]!.becomeLive()
    timing.pass(5_000)
    await sockets[0]!.breakOff()
    expect(told.at(-1)).toBe('cut 5000')
    timing.pass(15_000)
    await sockets[1]!.breakOff()
    timing.pass(15_000)
    expect(sockets.length).toBeGreaterThan(2)
    expect(told.filter((each) => each.startsWith('cut'))).toEqual(['cut 5000'])
  })

  it('waits longer after each failure, never beyond 15 s, and not all screens alike', async () => {
    const { sockets, timing } = given()
    const waitAfterFailure = async (luck: number) => {
      timing.luck = luck
      await sockets.at(-1)!.breakOff()
      const [begun, before] = [timing.now(), sockets.length]
      while (sockets.length === before) timing.pass(10)
      return timing.now() - begun
    }
    const waits = []
    for (let failure = 0; failure < 6; failure++) waits.push(await waitAfterFailure(0.999))
    expect(waits).toEqual([...waits].sort((one, other) => one - other))
    expect(waits[0]).toBeLessThanOrEqual(1_000)
    expect(waits.at(-1)).toBe(14_990)
    expect(await waitAfterFailure(0)).toBe(500)
  })

  it('tries at once when the network is back', async () => {
    const { sockets, connection } = given()
    await sockets[0]!.breakOff()
    connection.nudge()
    expect(sockets).toHaveLength(2)
  })

  it('is cut off when nothing was heard for twice a heartbeat, having asked for a sign of life', () => {
    const { sockets, told, timing } = given()
    sockets[0]!.becomeLive()
    timing.pass(29_000)
    expect(told.at(-1)).toBe('live 0')
    expect(sockets[0]!.sent.filter((frame) => frame.type === 'ping')).toHaveLength(2)
    timing.pass(1_000)
    expect(told.at(-1)).toBe('cut 30000')
    expect(sockets[0]!.closed).toBe(true)
  })

  it('stays live while pings are answered', () => {
    const { sockets, told, timing } = given()
    sockets[0]!.becomeLive()
    for (let tick = 0; tick < 10; tick++) {
      timing.pass(10_000)
      sockets[0]!.say({ type: 'pong', now_ms: timing.now() })
    }
    expect(told.filter((each) => each.startsWith('cut'))).toEqual([])
  })

  it('finds a line dead soon after the phone woke up', () => {
    const { sockets, told, timing, connection } = given()
    sockets[0]!.becomeLive()
    timing.pass(2_000)
    connection.nudge()
    timing.pass(4_000)
    expect(told.at(-1)).toBe('cut 6000')
  })

  it('gives up a door that opens and then says nothing', () => {
    const { sockets, told, timing } = given()
    sockets[0]!.onopen?.()
    timing.pass(10_000)
    expect(told.at(-1)).toBe('cut 10000')
  })

  it('is cut off at once when the device has no network', () => {
    const { sockets, told, connection } = given()
    sockets[0]!.becomeLive()
    connection.networkLost()
    expect(told.at(-1)).toBe('cut 0')
    expect(sockets[0]!.closed).toBe(true)
  })

  it('leads to the sign-in page when the session is over', async () => {
    const { sockets, told, timing } = given()
    sockets[0]!.becomeLive()
    await sockets[0]!.breakOff(4401)
    expect(told.at(-1)).toBe('session over')
    timing.pass(60_000)
    expect(sockets).toHaveLength(1)
  })

  it('asks whether the session stands when the door does not open', async () => {
    const { sockets, told, world } = given()
    world.sessionStands = false
    await sockets[0]!.breakOff()
    expect(told.at(-1)).toBe('session over')
  })

  it('loads the page again when the conversation has another version', async () => {
    const { sockets, told } = given()
    sockets[0]!.becomeLive()
    await sockets[0]!.breakOff(4426)
    expect(told.at(-1)).toBe('outdated')
  })

  it('resumes at once after it read too slowly, but not in a circle', async () => {
    const { sockets, timing } = given()
    sockets[0]!.becomeLive()
    await sockets[0]!.breakOff(4009)
    timing.pass(0)
    expect(sockets).toHaveLength(2)
    sockets[1]!.becomeLive()
    await sockets[1]!.breakOff(4009)
    timing.pass(0)
    expect(sockets).toHaveLength(2)
  })
})
