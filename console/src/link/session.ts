import type { Session } from '@words'
import { currentSession } from '@/shared/http/session'

const key = 'vigie:last-session'

/**
 * Who works here: as the server says, or, while it cannot be reached, who was signed in last on this device, so that a
 * handset starts in a cellar. Nobody once the server said that the session is over.
 */
export async function sessionHere(): Promise<Session | undefined> {
  try {
    const session = await currentSession()
    if (session) localStorage.setItem(key, JSON.stringify(session))
    else forgetSession()
    return session
  } catch {
    const last = localStorage.getItem(key)
    return last === null ? undefined : (JSON.parse(last) as Session)
  }
}

/** Nobody works here any more. */
export function forgetSession(): void {
  localStorage.removeItem(key)
}

/** Whether the session stands, as far as can be known: an unreachable server does not end it. */
export async function sessionStands(): Promise<boolean> {
  return (await currentSession().catch(() => 'unknown')) !== undefined
}
