import type { Problem } from '@words'

/** What the server answered when it could not do as asked; `problem` is `unreachable` when it did not answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail || problem.problem)
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const unknown = { problem: `http_${response.status}`, path: '', detail: response.statusText }
  return response.json().catch(() => unknown) as Promise<Problem>
}

/** Asks the server and reads its JSON; throws an ApiError when it says no or cannot be reached. */
export async function ask<Answer>(path: string, options: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path, { credentials: 'same-origin', ...options }).catch(() => {
    throw new ApiError(0, { problem: 'unreachable', path: '', detail: '' })
  })
  if (!response.ok) throw new ApiError(response.status, await problemOf(response))
  if (response.status === 204) return undefined as Answer
  return response.json() as Promise<Answer>
}

/** Sends JSON with a method of its own. */
export function send<Answer>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  return ask<Answer>(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
}
