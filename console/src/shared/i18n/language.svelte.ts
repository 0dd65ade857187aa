export type Language = 'fr' | 'en'

const key = 'vigie:language'
const stored: Language = globalThis.localStorage?.getItem(key) === 'en' ? 'en' : 'fr'

let current = $state<Language>(stored)

/** The language of the screens: French until somebody chooses English; kept on this device. */
export const language = {
  get current(): Language {
    return current
  },
  get locale(): string {
    return current === 'fr' ? 'fr-FR' : 'en-GB'
  },
  choose(next: Language): void {
    current = next
    globalThis.localStorage?.setItem(key, next)
    if (globalThis.document) document.documentElement.lang = next
  },
}

if (globalThis.document) document.documentElement.lang = stored

type Wide<T> = T extends string
  ? string
  : T extends (...parts: infer Parts) => string
    ? (...parts: Parts) => string
    : { [Key in keyof T]: Wide<T[Key]> }

/**
 * Two dictionaries of one shape. The function that comes back gives the one of the current language; called in a
 * template or an effect, it follows the switch.
 */
export function dictionary<French>(fr: French, en: Wide<French>): () => Wide<French> {
  return () => (current === 'fr' ? (fr as Wide<French>) : en)
}
