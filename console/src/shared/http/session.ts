import type { Session } from '@words'
import { ApiError, ask, send } from './api'

const path = '/api/v1/session'

export const signIn = (account: string, password: string): Promise<Session> =>
  send<Session>('POST', path, { account, password })

/**
 * Ends the session on the server, erases what was begun in this tab and goes to the front page, also when the server
 * cannot be reached.
 */
export async function signOut(): Promise<void> {
  await send('DELETE', path).catch(() => undefined)
  sessionStorage.clear()
  location.assign('/')
}

/** Who is signed in; nobody when there is no session. */
export async function currentSession(): Promise<Session | undefined> {
  return ask<Session>(path).catch((error: unknown) => {
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return undefined
    throw error
  })
}

/** The page on which somebody with this role works. */
export const homeOf = (session: Session): string => (session.actor.role === 'team' ? '/handset' : '/desk')
