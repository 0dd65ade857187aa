/// <reference lib="webworker" />

const worker = globalThis as unknown as ServiceWorkerGlobalScope
/** Put in while building: what the handset needs to open without network, and a name that changes with it. */
declare const handsetFiles: string[]
declare const handsetVersion: string

const shelf = `vigie-handset-${handsetVersion}`
const page = '/handset'

worker.addEventListener('install', (event) => event.waitUntil(store()))
worker.addEventListener('activate', (event) => event.waitUntil(dropOlder()))
worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting()
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(bringForward())
})

// Only the handset's own files are answered from the phone: the programming interface, the sign-in page and the desk
// never are, so nothing personal ever lies in this cache.
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate' && url.pathname === page) event.respondWith(fromPhone(page, request))
  else if (handsetFiles.includes(url.pathname)) event.respondWith(fromPhone(url.pathname, request))
})

async function store(): Promise<void> {
  const cache = await caches.open(shelf)
  await cache.addAll(handsetFiles.map((file) => new Request(file, { cache: 'reload' })))
}

async function dropOlder(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith('vigie-handset-') && name !== shelf) await caches.delete(name)
  }
  await worker.clients.claim()
}

/** The page is as old as the worker, so that its parts always fit together. */
async function fromPhone(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(shelf)
  return (await cache.match(path)) ?? fetch(request)
}

async function bringForward(): Promise<void> {
  const [open] = await worker.clients.matchAll({ type: 'window' })
  if (open) await open.focus()
  else await worker.clients.openWindow(page)
}
