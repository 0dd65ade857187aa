import type { Command, Fix, FixRefusal, Rejection } from '@words'
import type { Phase, TurnedAway } from './connection'
import type { Replica } from './replica'

/** The connection's state, and since when, by the server's clock in milliseconds. */
export interface LinkState {
  readonly phase: Phase
  readonly since: number
}

/** A command on its way; reactive. */
export interface Submission {
  /** The command's id; `retry` gives it a new one, unless the server may have taken it under this one. */
  readonly id: string
  readonly command: Command
  /** When it was made, by the server's clock in milliseconds. */
  readonly madeAt: number
  readonly state: 'waiting' | 'done' | 'rejected' | 'cancelled'
  /** It has waited for longer than 150 ms: time to show it. */
  readonly slow: boolean
  /** Whether it would outlive this page, and the phone's battery. */
  readonly kept: boolean
  /** Whether the server may have it: then it can no longer be cancelled. */
  readonly sent: boolean
  /** Why it was not taken, and which field is at fault, where one is. */
  readonly rejection: { readonly reason: Rejection; readonly path?: string } | undefined
  /** The commit that took it down. */
  readonly version: number | undefined
  /** Takes back a command that waits and was never sent. */
  cancel(): void
  /** Sends a rejected command once more. */
  retry(): void
  /** The rejection was read: takes it off the list. */
  dismiss(): void
}

/** What a screen shows, and now() by the server's clock in milliseconds. */
export interface LiveReplica extends Readonly<Replica> {
  now(): number
}

/** A screen's link with the server: a replica that follows it, and commands that get there. Reactive throughout. */
export interface Link {
  readonly state: LinkState
  /** Why the server does not let this page in, where it says so; the page tries again. */
  readonly turnedAway: TurnedAway | undefined
  readonly replica: LiveReplica
  /** Commands that wait, were rejected and not yet read, or are done but not yet on the screen; oldest first. */
  readonly submissions: readonly Submission[]
  /** How many commands wait for their answer. */
  readonly waiting: number
  /** Why the last position was not kept; none once the next is sent. */
  readonly fixRefusal: FixRefusal | undefined
  /** Sends a command now, or as soon as there is a connection. */
  submit(command: Command): Submission
  /** Asks which teams to send; the answer comes into `replica.recommendations`. Not asked while cut off. */
  askTeams(request: string): void
  /** Reports this handset's position; false when there is no connection, and it was not sent. */
  reportFix(fix: Fix): boolean
  /** Ends the link and keeps its copy, as when the page closes. */
  close(): void
  /** Ends the link and erases what it showed: call it at sign-out. Waiting commands stay, for this account. */
  leave(): Promise<void>
}

/** How a link behaves. */
export interface LinkOptions {
  /** Who is signed in, and where: what the browser keeps is kept for them alone. */
  account: string
  service: string
  /** Commands go on waiting while the server cannot take them down, instead of coming back refused. For handsets. */
  patient?: boolean
  /** Sign in again; by default goes to the front page. */
  onSessionOver?(): void
  /** Another version of the page is needed; by default loads it again. */
  onOutdated?(): void
}
