import { reloadSparingly } from '@/link/reload'

let waiting = $state.raw<ServiceWorker | undefined>()
let registration: ServiceWorkerRegistration | undefined

/** A newer version of this page that waits until the pair has a moment. */
export const update = {
  get ready(): boolean {
    return waiting !== undefined
  },
  /** Takes the newer version now; the page loads again. */
  apply(): void {
    waiting?.postMessage('take over')
  },
  /** The server asks for another version: fetches it if need be, and loads the page again. */
  async obey(): Promise<void> {
    if (waiting) return update.apply()
    await registration?.update().catch(() => undefined)
    const newer = registration?.installing ?? registration?.waiting
    if (!newer) return reloadSparingly()
    // On a bad network it may come to nothing, and this page speaks with nobody any more.
    newer.addEventListener('statechange', () => newer.state === 'redundant' && reloadSparingly())
    newer.postMessage('take over')
  },
}

/** Keeps the page in the phone, so that it opens without network, and watches for newer versions. */
export async function watchForUpdates(): Promise<void> {
  const { serviceWorker } = navigator
  if (import.meta.env.DEV || !serviceWorker) return
  // The first worker takes over a page that is up to date; only a later one brings something new.
  let first = serviceWorker.controller === null
  serviceWorker.addEventListener('controllerchange', () => {
    if (!first) location.reload()
    first = false
  })
  registration = await serviceWorker.register('/handset-worker.js', { scope: '/handset' }).catch(() => undefined)
  waiting = registration?.waiting ?? undefined
  registration?.addEventListener('updatefound', () => follow(registration?.installing ?? null))
}

function follow(worker: ServiceWorker | null): void {
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && navigator.serviceWorker.controller) waiting = worker
  })
}
