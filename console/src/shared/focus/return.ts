import { tick } from 'svelte'

type Found = HTMLElement | null | undefined

/** Once the screen has changed: where the focus went with what had it, what is found has it. It is taken from nobody. */
export async function focusIfLost(...finds: (() => Found)[]): Promise<void> {
  await tick()
  for (const find of finds) if (isNowhere()) find()?.focus({ preventScroll: true })
}

/** Remembers where the focus is; the function it returns brings a lost focus back there, or to what `otherwise` finds. */
export function returnFocus(otherwise: () => Found = () => null): () => void {
  const before = document.activeElement as HTMLElement | null
  return () => void focusIfLost(() => before, otherwise)
}

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body
