const tag = 'vigie-task'

/** Asks, at a touch, whether this page may speak up while another one is in front. */
export function askToNotify(): void {
  if (globalThis.Notification?.permission === 'default') void Notification.requestPermission().catch(() => undefined)
}

/**
 * Shows a task above other pages and on the locked screen, if this page is not in front and may do so. It says no more
 * than `title`: a locked screen is read by anybody. Call the answer to take it away.
 */
export function notify(title: string): () => void {
  if (document.visibilityState === 'visible' || globalThis.Notification?.permission !== 'granted') return () => {}
  const worker = navigator.serviceWorker?.ready
  const options = { tag, icon: '/icon-192.png', requireInteraction: true }
  const shown = worker?.then((registration) => registration.showNotification(title, options))
  return () =>
    void shown?.then(async () => (await (await worker).getNotifications({ tag })).forEach((each) => each.close()))
}
