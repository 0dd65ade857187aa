import { dictionary } from '@/shared/i18n/language.svelte'
import { en } from './en'
import { fr } from './fr'

/** The handset's own words, in the current language. */
export const text = dictionary(fr, en)
