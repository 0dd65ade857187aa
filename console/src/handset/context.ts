import { createContext } from 'svelte'
import type { Handset } from './handset.svelte'

/** Every part of the handset reaches for it. */
export const [useHandset, provideHandset] = createContext<Handset>()
