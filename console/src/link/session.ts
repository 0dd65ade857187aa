import type { Session } from '@words'
import { currentSession } from '@/shared/http/session'
import { inTime } from './patience'
import { eraseReplicas } from './stored-replica'

const key = 'vigie:last-session'

/**
 * Who works here: as the server says, or, while it cannot be reached, who was signed in last on this device, so that a
 * handset starts in a cellar. Without both it is `unreachable`; nobody once the server said that there is no session:
 * then what this device last showed is erased.
 */
export async function sessionHere(): Promise<Session | 'unreachable' | undefined> {
  try {
    const session = await inTime(currentSession())
    if (session) localStorage.setItem(key, JSON.stringify(session))
    else await eraseShown()
    return session
  } catch {
    const last = localStorage.getItem(key)
    return last === null ? 'unreachable' : (JSON.parse(last) as Session)
  }
}

/** Nobody works here any more: what this device last showed goes. Waiting commands stay, for their accounts. */
export async function eraseShown(): Promise<void> {
  forgetSession()
  await inTime(eraseReplicas()).catch(() => undefined)
}

/** Whether somebody was signed in on this device, and may still be. */
export const mayBeSignedIn = (): boolean => localStorage.getItem(key) !== null

/** Nobody works here any more. */
export function forgetSession(): void {
  localStorage.removeItem(key)
}

/** Whether the session stands, as far as can be known in a few seconds: an unreachable server does not end it. */
export async function sessionStands(): Promise<boolean> {
  return (await inTime(currentSession()).catch(() => 'unknown')) !== undefined
}
