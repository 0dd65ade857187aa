import type { Session } from '@words'

const key = 'vigie:last-session'

/** Who was signed in last on this device and may still be; nobody once they left. */
export function lastSession(): Session | undefined {
  const last = localStorage.getItem(key)
  return last === null ? undefined : (JSON.parse(last) as Session)
}

/** This session stands: the device works on with it while the server cannot be reached. */
export function keepSession(session: Session): void {
  localStorage.setItem(key, JSON.stringify(session))
}

/** Nobody works here any more. */
export function forgetSession(): void {
  localStorage.removeItem(key)
}

/** This account works here no more; another that signed in meanwhile, in another window, does. */
export function forgetSessionOf(account: string): void {
  if (lastSession()?.actor.account === account) forgetSession()
}
