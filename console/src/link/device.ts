/** What the device tells its pages: it woke up or has a network again, it has none, the page is put away. */
export interface DeviceNews {
  awake(): void
  networkLost(): void
  hidden(): void
}

/** Listens to the device until the answer is called. */
export function watchDevice(news: DeviceNews): () => void {
  const leave = new AbortController()
  const { signal } = leave
  const shown = () => (document.visibilityState === 'visible' ? news.awake() : news.hidden())
  addEventListener('online', () => news.awake(), { signal })
  addEventListener('offline', () => news.networkLost(), { signal })
  addEventListener('pagehide', () => news.hidden(), { signal })
  document.addEventListener('visibilitychange', shown, { signal })
  return () => leave.abort()
}
