import { en } from './en'
import { fr } from './fr'
import { dictionary } from './language.svelte'

export type Shared = typeof fr

/** The words that every page shares, in the current language. */
export const shared = dictionary(fr, en)
