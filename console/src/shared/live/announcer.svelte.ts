import { untrack } from 'svelte'

const kept = 4

let count = 0
let lines = $state.raw<{ readonly id: number; readonly text: string }[]>([])

/** What screen readers are told, newest last; the page shows it in a live region (Announcer.svelte). */
export const announcements = {
  get lines() {
    return lines
  },
}

/**
 * For rings, new urgent requests and SOS: each is a line of its own, so that the same words are read out again. An effect
 * that announces does not come to depend on what was announced.
 */
export function announceNow(text: string): void {
  lines = [...untrack(() => lines), { id: ++count, text }].slice(-kept)
}
