import type { ClientFrame, Hello, ServerFrame } from '@words'
import { Pulse } from './pulse'
import type { Timing } from './timing'

/** Where a connection stands: first attempt, receiving what it missed, live, or cut off. */
export type Phase = 'connecting' | 'catching_up' | 'live' | 'cut'

/** Why the server lets this page in no more: it does not run the account's service, or had too much from the account. */
export type TurnedAway = 'not_served' | 'too_many'

/** The part of a WebSocket that a connection uses. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>

/** What a connection needs, and whom it tells. */
export interface ConnectionPorts {
  timing: Timing
  open(): Socket
  hello(): Hello
  /** Asks the server over HTTP whether the session stands; an unreachable server counts as standing. */
  sessionStands(): Promise<boolean>
  onPhase(phase: Phase, since: number): void
  /** The server turned the page away; none once it let it in, or something else cut the line. It tries again anyway. */
  onTurnedAway(why: TurnedAway | undefined): void
  onFrame(frame: ServerFrame): void
  /** Sign in again. */
  onSessionOver(): void
  /** The server speaks another version of the conversation: load the page again. */
  onOutdated(): void
}

const closeCode = { serverRestarts: 1012, sessionOver: 4401, resync: 4009, reload: 4426 }
const turnedAway: Partial<Record<number, TurnedAway>> = { 4403: 'not_served', 4429: 'too_many' }
const shortestDelay = 500
const longestDelay = 15_000
const offlineDelay = 60_000
const welcomeTimeout = 10_000
const steadyAfter = 10_000

/** One WebSocket after another: says hello, watches the pulse, and comes back by itself when cut off. */
export class Connection {
  #ports: ConnectionPorts
  #socket: Socket | undefined
  #pulse: Pulse
  #phase: Phase = 'connecting'
  #liveSince: number | undefined
  #failures = 0
  #stopped = false
  #cancelRetry = () => {}
  #cancelTimeout = () => {}

  constructor(ports: ConnectionPorts) {
    this.#ports = ports
    this.#pulse = new Pulse(ports.timing, {
      ping: () => this.#write({ type: 'ping' }),
      silent: () => this.#lose(),
    })
  }

  /** Begins, unless a nudge did, and goes on until `stop`. */
  start(): void {
    if (this.#socket || this.#stopped) return
    this.#cancelRetry()
    this.#enter('connecting')
    this.#connect()
  }

  /** Ends for good. */
  stop(): void {
    this.#stopped = true
    this.#drop()
    this.#cancelRetry()
    this.#enter('cut')
  }

  /** Sends a frame; false when the connection is not live, and nothing was sent. */
  send(frame: ClientFrame): boolean {
    if (this.#phase !== 'live') return false
    this.#write(frame)
    return true
  }

  /** The network is back or the screen woke up: try now instead of waiting, or see whether the line still stands. */
  nudge(): void {
    if (this.#stopped) return
    if (this.#socket) return this.#pulse.probe()
    this.#failures = 0
    this.#cancelRetry()
    this.#connect()
  }

  /** The device says that it has no network: what is sent now would go nowhere. */
  networkLost(): void {
    if (this.#stopped) return
    this.#cut()
    this.#retryIn(offlineDelay)
  }

  #connect(): void {
    if (this.#socket || this.#stopped) return
    const socket = this.#ports.open()
    this.#socket = socket
    this.#cancelTimeout = this.#ports.timing.later(welcomeTimeout, () => this.#lose())
    socket.onopen = () => this.#write(this.#ports.hello())
    socket.onmessage = (event) => this.#receive(String(event.data))
    socket.onclose = (event) => void this.#closed(event.code)
  }

  #receive(text: string): void {
    this.#pulse.heard()
    const frame = JSON.parse(text) as ServerFrame
    if (frame.type === 'welcome') this.#welcomed(frame.heartbeat_ms)
    this.#ports.onFrame(frame)
    if ((frame.type === 'whole' || frame.type === 'change') && this.#phase === 'catching_up') this.#enter('live')
  }

  #welcomed(heartbeat: number): void {
    this.#cancelTimeout()
    this.#pulse.start(heartbeat)
    this.#enter('catching_up')
  }

  async #closed(code: number): Promise<void> {
    const answered = this.#phase === 'live' || this.#phase === 'catching_up'
    this.#cut(turnedAway[code])
    if (code === closeCode.sessionOver) return this.#end(this.#ports.onSessionOver)
    if (code === closeCode.reload) return this.#end(this.#ports.onOutdated)
    // A door that does not open tells a page no reason: it may be the session.
    if (!answered && !(await this.#ports.sessionStands())) return this.#end(this.#ports.onSessionOver)
    if (this.#socket || this.#stopped) return
    if (code === closeCode.serverRestarts) this.#failures = Math.max(this.#failures, 2)
    const delay = this.#nextDelay()
    this.#retryIn(code === closeCode.resync && this.#failures === 1 ? 0 : delay)
  }

  #end(tell: () => void): void {
    if (this.#stopped) return
    this.stop()
    tell()
  }

  /** Nothing is heard any more: the socket may take minutes to notice, so it is left behind. */
  #lose(): void {
    this.#cut()
    this.#retryIn(this.#nextDelay())
  }

  #cut(why?: TurnedAway): void {
    this.#drop()
    this.#enter('cut')
    this.#ports.onTurnedAway(why)
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = undefined
    this.#pulse.stop()
    this.#cancelTimeout()
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  #retryIn(delay: number): void {
    this.#cancelRetry()
    this.#cancelRetry = this.#ports.timing.later(delay, () => this.#connect())
  }

  /** Full jitter: a crowd that was cut off together does not come back together. */
  #nextDelay(): number {
    const ceiling = Math.min(longestDelay, 1000 * 2 ** Math.min(this.#failures++, 10))
    return shortestDelay + this.#ports.timing.chance() * (ceiling - shortestDelay)
  }

  #enter(phase: Phase): void {
    if (phase === this.#phase && phase === 'cut') return
    const now = this.#ports.timing.now()
    if (this.#phase === 'live' && this.#liveSince !== undefined && now - this.#liveSince > steadyAfter)
      this.#failures = 0
    this.#liveSince = phase === 'live' ? now : undefined
    if (phase === 'live') this.#ports.onTurnedAway(undefined)
    this.#phase = phase
    this.#ports.onPhase(phase, now)
  }

  #write(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame))
  }
}
