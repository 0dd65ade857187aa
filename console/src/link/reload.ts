const key = 'vigie:reloaded-at'
const pause = 60_000

/** Loads the page again, at most once a minute: what does not help must not go round in a circle. */
export function reloadSparingly(): void {
  const wait = Number(sessionStorage.getItem(key) ?? 0) + pause - Date.now()
  if (wait > 0) return void setTimeout(reloadSparingly, wait)
  sessionStorage.setItem(key, String(Date.now()))
  location.reload()
}
