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
  /** The server asks for another version: takes it if it is here, else loads the page again. */
  orReload(): void {
    if (waiting) update.apply()
    else void registration?.update().finally(() => location.reload())
    if (!registration) location.reload()
  },
}

/** Keeps the page in the phone, so that it opens without network, and watches for newer versions. */
export async function watchForUpdates(): Promise<void> {
  if (import.meta.env.DEV || !navigator.serviceWorker) return
  const controlled = navigator.serviceWorker.controller !== null
  registration = await navigator.serviceWorker.register('/handset-worker.js', { scope: '/handset' }).catch(() => undefined)
  if (!registration) return
  waiting = registration.waiting ?? undefined
  registration.addEventListener('updatefound', () => follow(registration!.installing))
  // The first worker takes a page that is up to date already; only a later one brings something new.
  if (controlled) navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
}

function follow(worker: ServiceWorker | null): void {
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && navigator.serviceWorker.controller) waiting = worker
  })
}
