let now = $state(Date.now())
let offset = $state(0)

setInterval(() => (now = Date.now()), 1000)

/**
 * The server's clock, ticking once a second for every age on screen at the same moment. `setOffset` is told how far
 * the server is ahead of this device, in milliseconds.
 */
export const clock = {
  get now(): number {
    return now + offset
  },
  setOffset(milliseconds: number): void {
    offset = milliseconds
  },
}
