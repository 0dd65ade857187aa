import type { Session } from '@words'
import { forgetSession, keepSession, lastSession } from '@/shared/http/last-session'
import { currentSession } from '@/shared/http/session'
import { openDatabase } from './database'
import { waitingByAccount } from './outbox-store'
import { inTime } from './patience'
import { eraseReplicas } from './stored-replica'

/**
 * Who works here: as the server says, or, while it cannot be reached, who was signed in last on this device, so that a
 * handset starts in a cellar. Without both it is `unreachable`; nobody once the server said that there is no session:
 * then what this device last showed is erased.
 */
export async function sessionHere(): Promise<Session | 'unreachable' | undefined> {
  try {
    const session = await inTime(currentSession())
    if (session) keepSession(session)
    else await eraseShown()
    return session
  } catch {
    return lastSession() ?? 'unreachable'
  }
}

/** Nobody works here any more: what this device last showed goes. Waiting commands stay, for their accounts. */
export async function eraseShown(): Promise<void> {
  forgetSession()
  await inTime(eraseReplicas()).catch(() => undefined)
}

/** Whose commands wait on this device, and how many of each account; none where the browser does not say. */
export async function waitingHere(): Promise<Map<string, number>> {
  const database = await openDatabase()
  const waiting = await waitingByAccount(database)
  database.close()
  return waiting
}

/** Whether somebody was signed in on this device, and may still be. */
export const mayBeSignedIn = (): boolean => lastSession() !== undefined

/** Whether the session stands, as far as can be known in a few seconds: an unreachable server does not end it. */
export async function sessionStands(): Promise<boolean> {
  return (await inTime(currentSession()).catch(() => 'unknown')) !== undefined
}
