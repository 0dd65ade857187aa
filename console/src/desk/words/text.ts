import { dictionary } from '@/shared/i18n/language.svelte'
import { en } from './en'
import { fr } from './fr'

export type DeskText = typeof fr

/** The desk's words in the current language. */
export const text = dictionary(fr, en)
