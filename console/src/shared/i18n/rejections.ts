import type { Rejection } from '@words'
import sentences from '@words/rejections.json'
import { language } from './language.svelte'

/** What the person reads when a command was not taken; written once, in the server's `protocol` room. */
export function sentence(reason: Rejection): string {
  return sentences[reason][language.current]
}
