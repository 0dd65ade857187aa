let polite = $state('')
let assertive = $state('')

/** What screen readers are told; the page shows it in two live regions (Announcer.svelte). */
export const announcements = {
  get polite(): string {
    return polite
  },
  get assertive(): string {
    return assertive
  },
}

export function announce(text: string): void {
  polite = text
}

/** For rings, new urgent requests and SOS. */
export function announceNow(text: string): void {
  assertive = text
}
