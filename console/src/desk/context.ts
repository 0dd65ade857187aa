import type { Session } from '@words'
import { createContext } from 'svelte'
import type { Link } from '@/link/api'
import type { OwnCalls } from './calls/own.svelte'
import type { CallSenders } from './calls/senders'
import type { Desk } from './desk.svelte'
import type { Names } from './names'
import type { Nights } from './nights'

/** What every part of the desk may reach for. */
export interface DeskContext {
  readonly link: Link
  /** Signs out. */
  readonly leave: () => Promise<void>
  readonly session: Session
  readonly desk: Desk
  readonly names: Names
  readonly nights: Nights
  readonly senders: CallSenders
  readonly own: OwnCalls
  /** The service's zone, for hours on screen. */
  readonly zone: () => string
  /** Whether this account sends teams; an operator sees the same and does not. */
  readonly dispatches: boolean
}

export const [useDesk, provideDesk] = createContext<DeskContext>()
