import type { Session } from '@words'

const key = 'vigie:last-session'

/** Who was signed in last on this device and may still be; nobody once they left. */
export function lastSession(): Session | undefined {
  const last = localStorage.getItem(key)
  return last === null ? undefined : (JSON.parse(last) as Session)
}

/** This session stands: the device works on with it while the server cannot be reached, unless its store is full. */
export function keepSession(session: Session): void {
  try {
    localStorage.setItem(key, JSON.stringify(session))
  } catch {
    forgetSession() // whoever it names is here no more
  }
}

/** Nobody works here any more. */
export function forgetSession(): void {
  localStorage.removeItem(key)
}

/** This account works here no more; another that signed in meanwhile, in another window, does. */
export function forgetSessionOf(account: string): void {
  if (lastSession()?.actor.account === account) forgetSession()
}
