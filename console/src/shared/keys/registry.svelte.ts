import { SvelteSet } from 'svelte/reactivity'

/** What a key does. `keys` are as `KeyboardEvent.key` says, with `Ctrl+` or `Alt+` before; a letter is upper case. */
export interface Shortcut {
  readonly keys: readonly string[]
  readonly label: () => string
  readonly group: () => string
  readonly run: () => void
  /** Absent: always. */
  readonly when?: () => boolean
  /** Also while a field has the focus. */
  readonly inFields?: boolean
  /** Sends a command that nobody can take back: of two quick presses only the first counts. */
  readonly sends?: boolean
}

const shortcuts = new SvelteSet<Shortcut>()

export const listed = (): Shortcut[] => [...shortcuts]

/** Offers shortcuts until the function it returns is called; the newest that applies wins. */
export function offer(...offered: Shortcut[]): () => void {
  for (const shortcut of offered) shortcuts.add(shortcut)
  return () => {
    for (const shortcut of offered) shortcuts.delete(shortcut)
  }
}

/** The name of what was pressed, as shortcuts write it. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1]
  const key = digit ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key)
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${key}`
}

/** Whether the person is writing or choosing in a field, where letters belong to the field. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button'].includes(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** Whether arrows already mean something where the focus is: a row of choices, a volume, the map. */
function usesArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLCanvasElement
}

/** The shortcut that answers this key now. */
export function match(name: string, inField: boolean, offered: readonly Shortcut[]): Shortcut | undefined {
  const applies = (shortcut: Shortcut) =>
    shortcut.keys.includes(name) && (!inField || shortcut.inFields) && (shortcut.when?.() ?? true)
  return offered.findLast(applies)
}

const doublePress = 500

/** Tells what a hand meant from what a key does by itself when it is held down, or pressed twice by a hasty hand. */
export class Presses {
  #last = new Map<string, number>()

  /** Whether this press counts; only arrows go on while they are held. `at` is when it happened, in milliseconds. */
  counts(name: string, press: { readonly repeat: boolean; readonly at: number; readonly sends: boolean }): boolean {
    if (press.repeat) return name.startsWith('Arrow')
    if (!press.sends) return true
    const before = this.#last.get(name) ?? -Infinity
    this.#last.set(name, press.at)
    return press.at - before >= doublePress
  }
}

/** Whether a held Enter would press the same button again and again. */
const holdsButton = (event: KeyboardEvent): boolean =>
  event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement

/** Listens for the whole window, until the function it returns is called. */
export function listen(): () => void {
  const presses = new Presses()
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return
    const inField = isField(event.target) || (event.key.startsWith('Arrow') && usesArrows(event.target))
    const name = nameOf(event)
    const found = match(name, inField, listed())
    if (found || holdsButton(event)) event.preventDefault()
    if (!found) return leaveField(event, inField)
    if (presses.counts(name, { repeat: event.repeat, at: event.timeStamp, sends: found.sends ?? false })) found.run()
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}

// Escape leaves a field without losing what it holds, so that the single letters work again.
function leaveField(event: KeyboardEvent, inField: boolean): void {
  if (event.key === 'Escape' && inField) (event.target as HTMLElement).blur()
}
