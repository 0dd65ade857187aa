import type { Session } from '@words'
import { eraseNotes } from '@/shared/notes/notes'
import { ApiError, ask, send } from './api'
import { keepSession } from './last-session'

const path = '/api/v1/session'

const dueKey = 'vigie:sign-out-due'
const patience = 4_000
const askAgainAfter = 2_000

/** Whether somebody signed out here and the server, which keeps the session until then, could not be told yet. */
export const signOutIsDue = (): boolean => localStorage.getItem(dueKey) !== null

/**
 * A new session, which the next page begins with also where the server is slow to say it once more. One that should
 * have ended ends first, and what another account began here is erased.
 */
export async function signIn(account: string, password: string): Promise<Session> {
  await endIfDue().catch(() => undefined)
  const session = await send<Session>('POST', path, { account, password })
  localStorage.removeItem(dueKey)
  eraseNotes(session.actor.account)
  keepSession(session)
  return session
}

/** Whether this news of the browser's says that somebody signs out in another window. */
export const isSignOut = ({ key, newValue }: Pick<StorageEvent, 'key' | 'newValue'>): boolean =>
  key === dueKey && newValue !== null

/**
 * Ends the session on the server, erases what was begun here and goes to the front page. While the server cannot
 * be reached that is due, and is made good before anybody works here again; until then the page is `meanwhile`.
 */
export async function signOut(meanwhile = '/'): Promise<void> {
  await endHere()
  location.assign(signOutIsDue() ? meanwhile : '/')
}

/** The same, but for going anywhere: some pages cannot be had without the server. */
export async function endHere(): Promise<void> {
  localStorage.setItem(dueKey, 'true')
  await Promise.race([endIfDue(), after(patience)]).catch(() => undefined)
  sessionStorage.clear()
  eraseNotes()
}

/** Goes to the front page once the server knows that the session ended. */
export async function goOnceTold(): Promise<void> {
  while (signOutIsDue()) {
    await after(askAgainAfter)
    await endIfDue().catch(() => undefined)
  }
  location.assign('/')
}

const after = (wait: number) => new Promise<void>((resolve) => setTimeout(resolve, wait))

let ending: Promise<void> | undefined

/** Ends the session that is due to end, if one is, and says so. Throws an ApiError when the server cannot be told. */
async function endIfDue(): Promise<boolean> {
  const due = signOutIsDue()
  if (due) await (ending ??= end().finally(() => (ending = undefined)))
  return due
}

async function end(): Promise<void> {
  await send('DELETE', path).catch((error: unknown) => {
    if (!(error instanceof ApiError) || !knowsNoSession(error)) throw error
  })
  localStorage.removeItem(dueKey)
}

const knowsNoSession = ({ status }: ApiError): boolean => status === 401 || status === 403

/** Who is signed in; nobody when there is no session. */
export async function currentSession(): Promise<Session | undefined> {
  if (await endIfDue()) return undefined
  return ask<Session>(path).catch((error: unknown) => {
    if (error instanceof ApiError && knowsNoSession(error)) return undefined
    throw error
  })
}

/** The page on which somebody with this role works. */
export const homeOf = (session: Session): string => (session.actor.role === 'team' ? '/handset' : '/desk')
