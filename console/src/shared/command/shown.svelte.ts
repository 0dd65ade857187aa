import { SvelteSet } from 'svelte/reactivity'
import type { Submission } from '@/link/api'

const beside = new SvelteSet<Submission>()

/** What became of this submission stands beside its control, until the function that comes back is called. */
export function showBeside(submission: Submission): () => void {
  beside.add(submission)
  return () => void beside.delete(submission)
}

export const isBeside = (submission: Submission): boolean => beside.has(submission)

/** The submissions that still wait, for the line or for their answer, and whose control is gone; oldest first. */
export const unseenWaiting = (submissions: readonly Submission[]): Submission[] =>
  submissions.filter((each) => each.state === 'waiting' && each.slow && !isBeside(each))

/** How many waiting submissions are lost with the page, since the browser did not keep them. */
export const lostWithPage = (submissions: readonly Submission[]): number =>
  submissions.filter((each) => each.state === 'waiting' && !each.kept).length

/** The refused submissions whose control is gone from the screen, so that nothing tells of them; oldest first. */
export const unseenRefusals = (submissions: readonly Submission[]): Submission[] =>
  submissions.filter((each) => each.state === 'rejected' && !isBeside(each))
